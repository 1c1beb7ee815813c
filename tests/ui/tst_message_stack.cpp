// SPDX-License-Identifier: GPL-3.0-or-later
// Messages at the edge of a page: what an error says can be read to its last line, or scrolled to.
#include "views/app_theme.h"
#include "views/message.h"
#include "views/message_stack.h"
#include "views/wrapped_text.h"

#include <QScrollBar>
#include <QTest>
#include <QTextBlock>
#include <QTextLayout>

#include <memory>

using namespace diploscope;
using namespace diploscope::ui;

namespace {

Error longError(int words) {
    Error error{ErrorKind::Mismatch, "The genotypes of",
                "/home/somebody/studies/of/the/liver/with/a/long/name.vcf.gz",
                "Check that both are of one build, and index the file anew with `tabix -p vcf`."};
    for (int i = 0; i < words; ++i)
        error.what += " HG" + std::to_string(10000 + i * 37) + (i + 1 < words ? "," : " are missing.");
    return error;
}

/// Where a line ends, in the document's own places.
std::vector<double> lineEnds(const WrappedText& text) {
    std::vector<double> ends;
    const QTextLayout* lines = text.document()->firstBlock().layout();
    for (int i = 0; i < lines->lineCount(); ++i)
        ends.push_back(lines->lineAt(i).rect().bottom());
    return ends;
}

} // namespace

class TestMessageStack : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<AppTheme> m_theme;

private Q_SLOTS:
    void initTestCase() {
        m_theme = std::make_unique<AppTheme>(ChartStyle::screen(lightTheme()).value());
        m_theme->choose(Preferences::ThemeChoice::Light);
    }
    void noLineIsCut_data() {
        QTest::addColumn<int>("words");
        QTest::addColumn<int>("high");
        for (const int words : {1, 4, 12, 30, 60, 200})
            for (const int high : {260, 700})
                QTest::addRow("%d words on %d px", words, high) << words << high;
    }
    void noLineIsCut() {
        QFETCH(int, words);
        QFETCH(int, high);
        QWidget page;
        page.resize(900, high);
        MessageStack stack(&page);
        page.show();
        stack.showError(longError(words));
        QVERIFY(QTest::qWaitForWindowExposed(&page));
        const QList<WrappedText*> texts = stack.findChildren<WrappedText*>();
        QCOMPARE(texts.size(), 3);
        for (const WrappedText* text : texts) {
            const double room = text->viewport()->height();
            const std::vector<double> ends = lineEnds(*text);
            QVERIFY(!ends.empty());
            double seen = 0; // of whole lines
            for (const double end : ends)
                if (end <= room + 0.5)
                    seen = end;
            QVERIFY2(seen > 0 && room - seen < 2, "part of a line is there");
            // On a page with room nothing is scrolled to but what is longer than most messages.
            if (high == 700 && ends.size() <= 8)
                QCOMPARE(seen, ends.back());
        }
    }
};

QTEST_MAIN(TestMessageStack)
#include "tst_message_stack.moc"
