// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/application.h"

#include "base/terminal_text.h"

#include <QHashSeed>
#include <QIcon>
#include <QLocale>

#include <clocale>
#include <cstdio>

namespace diploscope::gui {

namespace {

/// Qt's own words, which may name files.
void sayToTerminal(QtMsgType, const QMessageLogContext&, const QString& text) {
    std::fprintf(stderr, "%s\n", terminalText(text.toStdString(), true).c_str());
}

/// What Qt says to desktops (no XDG_RUNTIME_DIR, and the like) means nothing to a command that only draws.
void sayOnlyWhatIsFatal(QtMsgType type, const QMessageLogContext& context, const QString& text) {
    if (type == QtCriticalMsg || type == QtFatalMsg)
        sayToTerminal(type, context, text);
}

} // namespace

std::unique_ptr<ui::GuardedApplication> makeApplication(bool offscreen, int scale) {
    // Qt keeps references to both for the application's whole life.
    static int count = 1;
    static char program[] = "diploscope";
    static char* arguments[] = {program, nullptr};
    qInstallMessageHandler(offscreen ? sayOnlyWhatIsFatal : sayToTerminal);
    if (offscreen)
        qputenv("QT_QPA_PLATFORM", "offscreen");
    if (scale > 1)
        qputenv("QT_SCALE_FACTOR", QByteArray::number(scale));
    // Qt writes a PDF's fonts in the order of a hash: of the same figure, the same bytes.
    QHashSeed::setDeterministicGlobalSeed();
    QCoreApplication::setOrganizationName(QStringLiteral("diploscope"));
    QCoreApplication::setApplicationName(QStringLiteral("diploscope"));
    QCoreApplication::setApplicationVersion(QStringLiteral(DIPLOSCOPE_VERSION));
    QGuiApplication::setApplicationDisplayName(QString());
    QGuiApplication::setDesktopFileName(QStringLiteral("diploscope"));
    auto application = std::make_unique<ui::GuardedApplication>(count, arguments);
    QGuiApplication::setWindowIcon(QIcon(QStringLiteral(":/diploscope/icons/diploscope.svg")));
    // Qt takes over the user's locale; numbers, shown or in files, must not follow it.
    std::setlocale(LC_NUMERIC, "C");
    QLocale::setDefault(QLocale::c());
    return application;
}

Result<ui::Language> askedLanguage(const std::string& word, ui::Language otherwise) {
    if (word.empty())
        return otherwise;
    if (const std::optional<ui::Language> language = ui::languageOf(word))
        return *language;
    std::string known;
    for (const ui::LanguageName& name : ui::LanguageNames)
        known += std::string(known.empty() ? "" : ", ") + name.word;
    return fail(ErrorKind::BadInput, "The window does not speak `" + word + "`.", "--language",
                "Name one of: " + known + ".");
}

} // namespace diploscope::gui
