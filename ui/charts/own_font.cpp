// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/own_font.h"

#include "base/checksum.h"

#include <QFile>
#include <QFontDatabase>
#include <QRawFont>
#include <QtEndian>
#include <fontconfig/fontconfig.h>

#include <memory>
#include <string_view>
#include <utility>

/// Resources of a static library have to be asked for, outside of any namespace.
static void initOwnFont() {
    Q_INIT_RESOURCE(fonts);
}

namespace diploscope::ui {

namespace {

constexpr const char* ownFamily = "Inter";
/// Those that something is drawn in, as packaging/cmake/Inter.cmake.
constexpr const char* ownFaces[] = {"Regular", "Italic", "SemiBold", "SemiBoldItalic", "Bold", "BoldItalic"};

QByteArray fontResource(const QString& name) {
    QFile file(QStringLiteral(":/diploscope/fonts/") + name);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

std::string_view viewOf(const QByteArray& bytes) {
    return {bytes.constData(), static_cast<size_t>(bytes.size())};
}

/// Where the record of a table is in an OpenType face; -1: it has none.
qsizetype recordOf(const QByteArray& face, std::string_view table) {
    constexpr qsizetype head = 12, record = 16;
    if (face.size() < head)
        return -1;
    const auto tables = qFromBigEndian<quint16>(face.constData() + 4);
    for (qsizetype at = head; at < head + tables * record && at + record <= face.size(); at += record)
        if (std::string_view(face.constData() + at, 4) == table)
            return at;
    return -1;
}

/// Takes the characters of the groups [begin, end) of a cmap of format 12 that only double a quote from it.
void dropTwins(QByteArray& face, qsizetype begin, qsizetype end) {
    constexpr qsizetype group = 12;
    const auto number = [&face](qsizetype at) { return qFromBigEndian<quint32>(face.constData() + at); };
    const auto glyphOf = [&](quint32 character) {
        for (qsizetype at = begin; at < end; at += group)
            if (character >= number(at) && character <= number(at + 4))
                return number(at + 8) + character - number(at);
        return quint32{0};
    };
    for (const auto& [quote, twin] : {std::pair(0x2019U, 0x02BCU), std::pair(0x201DU, 0x02EEU)})
        for (qsizetype at = begin; at < end; at += group)
            if (number(at) == twin && number(at + 4) == twin && number(at + 8) == glyphOf(quote))
                qToBigEndian<quint32>(0, face.data() + at + 8);
}

/// Inter 4.1 draws closing quotes and two modifier letters (U+02BC, U+02EE) by the same glyphs. A PDF would
/// give the first of each two, which is the letter; nobody writes that.
void dropTwins(QByteArray& face) {
    constexpr qsizetype encoding = 8, head = 16, group = 12;
    const qsizetype record = recordOf(face, "cmap");
    const qsizetype cmap = record < 0 ? -1 : qFromBigEndian<quint32>(face.constData() + record + 8);
    if (cmap < 0 || cmap + 4 > face.size())
        return;
    const auto count = qFromBigEndian<quint16>(face.constData() + cmap + 2);
    for (qsizetype at = cmap + 4; at < cmap + 4 + count * encoding && at + encoding <= face.size();
         at += encoding) {
        const qsizetype table = cmap + qFromBigEndian<quint32>(face.constData() + at + 4);
        if (table + head > face.size() || qFromBigEndian<quint16>(face.constData() + table) != 12)
            continue;
        const qsizetype end =
            table + head + group * qsizetype{qFromBigEndian<quint32>(face.constData() + table + 12)};
        if (end <= face.size())
            dropTwins(face, table + head, end);
    }
}

/// Takes the machine's faces of the family out of the sight of fontconfig, and so of Qt, for this process:
/// where another version calls a style by another name ("Semi Bold", "SemiBold"), Qt would draw with that
/// one. Where it does not work, all that is lost is this.
void hideInstalled() {
    constexpr const char* rule =
        R"(<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><selectfont><rejectfont>)"
        R"(<pattern><patelt name="family"><string>Inter</string></patelt></pattern>)"
        R"(</rejectfont></selectfont></fontconfig>)";
    const std::unique_ptr<FcConfig, decltype(&FcConfigDestroy)> config(FcInitLoadConfig(), &FcConfigDestroy);
    if (!config ||
        !FcConfigParseAndLoadFromMemory(config.get(), reinterpret_cast<const FcChar8*>(rule), FcTrue))
        return;
    // Or fontconfig would go back to its own once fonts are installed or removed.
    FcConfigSetRescanInterval(config.get(), 0);
    FcConfigSetCurrent(config.get());
}

/// \return the version of the faces
Result<std::string> loadOwnFont() {
    initOwnFont();
    hideInstalled();
    // Qt may have listed the machine's fonts already. It does so again once a font is taken from it.
    QFontDatabase::removeApplicationFont(
        QFontDatabase::addApplicationFontFromData(faceForPdf(fontResource(QStringLiteral("Inter-Regular")))));
    DigestOfPieces digest;
    for (const char* face : ownFaces) {
        const QByteArray data = fontResource(QStringLiteral("Inter-") + QLatin1String(face));
        const int id = QFontDatabase::addApplicationFontFromData(faceForPdf(data));
        if (id < 0 || !QFontDatabase::applicationFontFamilies(id).contains(QLatin1String(ownFamily)))
            return fail(ErrorKind::Internal, "The typeface inside the program cannot be read.",
                        std::string("Inter ") + face, "Build it again with another version of Inter.");
        digest.add(viewOf(data));
    }
    return toHex(digest.digest()).substr(0, 8);
}

const Result<std::string>& ownFont() {
    static const Result<std::string> version = loadOwnFont();
    return version;
}

} // namespace

QByteArray faceForPdf(QByteArray face) {
    // By a name that nobody asks for. Inter draws what stands beside digits and capitals, minus signs and
    // brackets among it, by other glyphs, which belong to no character: PDF would not say which they are.
    // Kerning (GPOS) stays.
    if (const qsizetype substitutions = recordOf(face, "GSUB"); substitutions >= 0)
        face[substitutions + 3] = '_';
    dropTwins(face);
    return face;
}

Result<QString> chartFontFamily() {
    if (!ownFont())
        return fail(ownFont().error());
    return QString::fromLatin1(ownFamily);
}

QFont plainFont(const QString& family, int pixels, QFont::Weight weight, bool italic) {
    QFont font(family);
    font.setPixelSize(pixels);
    font.setWeight(weight);
    font.setItalic(italic);
    font.setHintingPreference(QFont::PreferNoHinting);
    // Ours has no ligatures and no alternates. Those of others go with their kerning; what scripts need to be
    // read stays.
    if (family != QLatin1String(ownFamily))
        font.setStyleStrategy(QFont::PreferNoShaping);
    return font;
}

std::string fontVersion(const QString& family) {
    if (family == QLatin1String(ownFamily) && ownFont())
        return *ownFont();
    const QByteArray head = QRawFont::fromFont(QFont(family)).fontTable("head");
    return toHex(digestOf(viewOf(head))).substr(0, 8);
}

QString ownFontLicence() {
    initOwnFont();
    return QString::fromUtf8(fontResource(QStringLiteral("licence")));
}

} // namespace diploscope::ui
