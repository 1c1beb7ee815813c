// SPDX-License-Identifier: GPL-3.0-or-later
#include "guide/guide_export.h"

#include "analysis/provenance.h"
#include "guide/guide_pages.h"

#include <QFile>
#include <QRegularExpression>

#include <md4c-html.h>

#include <functional>

namespace diploscope::ui {

namespace {

/// Of screens and of paper; nothing is fetched.
constexpr const char* kStyle = R"css(
body { font: 16px/1.55 Inter, "Segoe UI", Helvetica, Arial, sans-serif; color: #1f2937; max-width: 52rem;
  margin: 2rem auto; padding: 0 1.2rem; }
h1 { margin-top: 4rem; border-bottom: 1px solid #d1d5db; padding-bottom: .3rem; } h2 { margin-top: 2.2rem; }
a { color: #1d4ed8; } code, pre { font: 14px/1.45 "DejaVu Sans Mono", Menlo, Consolas, monospace; }
pre { background: #f3f4f6; padding: .8rem 1rem; overflow-x: auto; border-radius: 6px; }
table { border-collapse: collapse; margin: 1rem 0; } td, th { border: 1px solid #d1d5db; padding: .35rem .6rem;
  text-align: left; vertical-align: top; } th:empty { padding: 0; border: 0; }
img { max-width: 100%; height: auto; background: #fff; } nav ul { columns: 2; } nav li { break-inside: avoid; }
@media (prefers-color-scheme: dark) { body { background: #111827; color: #e5e7eb; } a { color: #93c5fd; }
  pre { background: #1f2937; } td, th, h1 { border-color: #374151; } }
@media print { body { max-width: none; font-size: 11pt; } h1 { break-before: page; } nav ul { columns: 1; } }
)css";

QString htmlOf(const QString& markdown) {
    const QByteArray text = markdown.toUtf8();
    QByteArray html;
    md_html(
        text.constData(), static_cast<MD_SIZE>(text.size()),
        [](const MD_CHAR* part, MD_SIZE size, void* to) {
            static_cast<QByteArray*>(to)->append(part, static_cast<qsizetype>(size));
        },
        &html, MD_DIALECT_GITHUB, 0);
    return QString::fromUtf8(html);
}

/// What `made` makes of each match, in its place.
QString replaced(const QString& text, const QRegularExpression& what,
                 const std::function<QString(const QRegularExpressionMatch&)>& made) {
    QString result;
    qsizetype at = 0;
    for (QRegularExpressionMatchIterator i = what.globalMatch(text); i.hasNext();) {
        const QRegularExpressionMatch match = i.next();
        result += QStringView(text).mid(at, match.capturedStart() - at);
        result += made(match);
        at = match.capturedEnd();
    }
    return result += QStringView(text).mid(at);
}

QString textOfHtml(QString html) {
    static const QRegularExpression tags(QStringLiteral("<[^>]*>"));
    html.remove(tags);
    return html.replace(QLatin1String("&lt;"), QLatin1String("<"))
        .replace(QLatin1String("&gt;"), QLatin1String(">"))
        .replace(QLatin1String("&quot;"), QLatin1String("\""))
        .replace(QLatin1String("&amp;"), QLatin1String("&"));
}

QString idOf(const QString& page, const QString& anchor) {
    return anchor.isEmpty() ? page : page + QLatin1Char('-') + anchor;
}

QString pictureData(const QString& name) {
    QFile file(guideFolder() + name);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    return QStringLiteral("data:image/png;base64,") + QString::fromLatin1(file.readAll().toBase64());
}

/// A page whose headings can be linked to, whose links lead within the one file, and whose pictures are in
/// it. \param contents gets an entry for the page and each of its sections
QString pageHtml(const QString& page, QString& contents) {
    static const QRegularExpression heading(QStringLiteral("<h([12])>(.*?)</h[12]>"));
    static const QRegularExpression link(QStringLiteral("<a href=\"([^\"]*)\""));
    static const QRegularExpression picture(QStringLiteral("<img src=\"([^\"]*)\""));
    QString sections;
    QString html = replaced(htmlOf(guideText(page)), heading, [&](const QRegularExpressionMatch& match) {
        const bool isTitle = match.captured(1) == QLatin1String("1");
        const QString id = idOf(page, isTitle ? QString() : guideAnchor(textOfHtml(match.captured(2))));
        const QString entry = QStringLiteral("<a href=\"#%1\">%2</a>").arg(id, match.captured(2));
        if (isTitle)
            contents += QStringLiteral("<li><b>%1</b></li>\n").arg(entry);
        else
            sections += QStringLiteral("<li>%1</li>\n").arg(entry);
        return QStringLiteral("<h%1 id=\"%2\">%3</h%1>").arg(match.captured(1), id, match.captured(2));
    });
    contents += sections;
    html = replaced(html, link, [&](const QRegularExpressionMatch& match) {
        const GuidePlace place = guidePlace(textOfHtml(match.captured(1)), page);
        if (place.page.isEmpty())
            return match.captured(0);
        return QStringLiteral("<a href=\"#%1\"").arg(idOf(place.page, place.anchor).toHtmlEscaped());
    });
    return replaced(html, picture, [](const QRegularExpressionMatch& match) {
        return QStringLiteral("<img src=\"%1\"").arg(pictureData(match.captured(1)));
    });
}

} // namespace

Result<QByteArray> guideHtml(const RunContext& context) {
    QString contents, pages;
    for (const QString& page : guidePages()) {
        DS_TRY(context.checkpoint());
        pages += QStringLiteral("<section>\n%1</section>\n").arg(pageHtml(page, contents));
    }
    const QString title = QStringLiteral("Diploscope: the guide");
    return QStringLiteral("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                          "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                          "<title>%1</title>\n<style>%2</style>\n</head>\n<body>\n<h1>%1</h1>\n<p>%3</p>\n"
                          "<nav><ul>\n%4</ul></nav>\n%5</body>\n</html>\n")
        .arg(title, QLatin1String(kStyle), QString::fromStdString(programVersion()).toHtmlEscaped(), contents,
             pages)
        .toUtf8();
}

} // namespace diploscope::ui
