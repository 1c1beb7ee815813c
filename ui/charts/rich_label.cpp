// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/rich_label.h"

#include "charts/text_lines.h"

#include <QFontMetricsF>
#include <QRegularExpression>

#include <algorithm>
#include <utility>

namespace diploscope::ui {
namespace {

constexpr double scriptSize = 0.7; ///< of the line's letters
constexpr double above = -0.35, below = 0.15;

} // namespace

RichLabel::RichLabel(const QString& plain) {
    if (!plain.isEmpty())
        m_runs.push_back({plain});
}

RichLabel::RichLabel(std::vector<Run> runs) : m_runs(std::move(runs)) {
    std::erase_if(m_runs, [](const Run& run) { return run.text.isEmpty(); });
}

RichLabel RichLabel::ofMarkup(std::string_view markup) {
    const Result<std::vector<LabelRun>> runs = parseLabel(markup);
    const auto text = [](std::string_view bytes) {
        return QString::fromUtf8(bytes.data(), static_cast<qsizetype>(bytes.size()));
    };
    if (!runs)
        return RichLabel(text(markup));
    RichLabel label;
    for (const LabelRun& run : *runs)
        label.m_runs.push_back({text(run.text), run.italic, run.script});
    return label;
}

RichLabel RichLabel::ofStatistics(const QString& plain) {
    static const QRegularExpression letter(QStringLiteral("(?<![\\w*])[rpnRqK](?=[ \u00a0][=<≤>])"));
    std::vector<Run> runs;
    qsizetype end = 0;
    for (auto found = letter.globalMatch(plain); found.hasNext();) {
        const QRegularExpressionMatch match = found.next();
        runs.push_back({plain.mid(end, match.capturedStart() - end)});
        runs.push_back({match.captured(), true});
        end = match.capturedEnd();
    }
    runs.push_back({plain.mid(end)});
    return RichLabel(std::move(runs));
}

bool RichLabel::isPlain() const {
    return std::all_of(m_runs.begin(), m_runs.end(),
                       [](const Run& run) { return !run.italic && run.script == LabelRun::Script::None; });
}

bool RichLabel::hasScripts() const {
    return std::any_of(m_runs.begin(), m_runs.end(),
                       [](const Run& run) { return run.script != LabelRun::Script::None; });
}

QString RichLabel::plain() const {
    QString text;
    for (const Run& run : m_runs)
        text += run.text;
    return text;
}

QString RichLabel::html() const {
    QString html;
    for (const Run& run : m_runs) {
        const char* script = run.script == LabelRun::Script::Above   ? "sup"
                             : run.script == LabelRun::Script::Below ? "sub"
                                                                     : nullptr;
        QString text = run.text.toHtmlEscaped();
        if (run.italic)
            text = QStringLiteral("<i>%1</i>").arg(text);
        if (script != nullptr)
            text = QStringLiteral("<%1>%2</%1>").arg(QLatin1String(script), text);
        html += text;
    }
    return html;
}

RichLabel RichLabel::with(const QString& more) const {
    RichLabel longer = *this;
    const bool joins =
        !m_runs.empty() && !m_runs.back().italic && m_runs.back().script == LabelRun::Script::None;
    if (joins)
        longer.m_runs.back().text += more;
    else if (!more.isEmpty())
        longer.m_runs.push_back({more});
    return longer;
}

QFont RichLabel::fontOf(const Run& run, const QFont& font) {
    QFont own = font;
    if (run.italic)
        own.setItalic(true);
    if (run.script != LabelRun::Script::None)
        own.setPixelSize(std::max(1, qRound(scriptSize * font.pixelSize())));
    return own;
}

double RichLabel::shiftOf(const Run& run, const QFont& font) {
    switch (run.script) {
    case LabelRun::Script::Above:
        return above * font.pixelSize();
    case LabelRun::Script::Below:
        return below * font.pixelSize();
    case LabelRun::Script::None:
        break;
    }
    return 0;
}

double RichLabel::width(const QFont& font) const {
    double width = 0;
    for (const Run& run : m_runs)
        width += QFontMetricsF(fontOf(run, font)).horizontalAdvance(run.text);
    return width;
}

RichLabel RichLabel::part(qsizetype from, qsizetype count) const {
    RichLabel label;
    qsizetype begin = 0;
    for (const Run& run : m_runs) {
        const qsizetype first = std::max(from, begin);
        const qsizetype last = std::min(from + count, begin + run.text.size());
        if (first < last)
            label.m_runs.push_back({run.text.mid(first - begin, last - first), run.italic, run.script});
        begin += run.text.size();
    }
    return label;
}

std::vector<RichLabel> RichLabel::broken(const QFont& font, double room) const {
    if (width(font) <= room)
        return {*this};
    const QString text = plain();
    std::vector<RichLabel> lines;
    qsizetype from = 0;
    // Each line is found again in the text: what lies between two of them are blanks.
    for (const QString& line : brokenLines(text, font, room)) {
        const qsizetype at = text.indexOf(line, from);
        lines.push_back(part(at < 0 ? from : at, line.size()));
        from = (at < 0 ? from : at) + line.size();
    }
    return lines;
}

} // namespace diploscope::ui
