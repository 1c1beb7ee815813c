// SPDX-License-Identifier: GPL-3.0-or-later
#include "figure/label_markup.h"

#include "support.h"

using namespace diploscope;
using Script = LabelRun::Script;

Q_DECLARE_METATYPE(std::vector<LabelRun>)

class TestLabelMarkup : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void runs_data() {
        QTest::addColumn<QString>("markup");
        QTest::addColumn<std::vector<LabelRun>>("expected");
        const auto row = [](const char* markup, std::vector<LabelRun> expected) {
            QTest::newRow(*markup == '\0' ? "nothing" : markup) << QString(markup) << std::move(expected);
        };
        row("", {});
        row("plain, with (units)", {{"plain, with (units)"}});
        row("*GSTM3* locus", {{"GSTM3", true}, {" locus"}});
        row("R^{2} of log_{10}",
            {{"R"}, {"2", false, Script::Above}, {" of log"}, {"10", false, Script::Below}});
        row("*r*^{*2*}", {{"r", true}, {"2", true, Script::Above}});
        row("a_b ^ c} {d}", {{"a_b ^ c} {d}"}});
        row("\\*\\^\\_\\{\\}\\\\ \\n", {{"*^_{}\\ \\n"}});
        row("x_{a_b^c}", {{"x"}, {"a_b^c", false, Script::Below}});
        row("log\xe2\x82\x81\xe2\x82\x80", {{"log\xe2\x82\x81\xe2\x82\x80"}});
        row("**", {});
    }
    void runs() {
        QFETCH(QString, markup);
        QFETCH(std::vector<LabelRun>, expected);
        const auto found = parseLabel(markup.toStdString());
        DS_VERIFY(found);
        QVERIFY2(*found == expected, plainLabel(markup.toStdString()).c_str());
    }

    void refusals_data() {
        QTest::addColumn<QString>("markup");
        QTest::addColumn<QString>("said");
        QTest::newRow("italics without an end") << "*GSTM3 locus"
                                                << "`*`";
        QTest::newRow("script without an end") << "R^{2"
                                               << "`^{`";
        QTest::newRow("script in a script") << "R^{2_{3}}"
                                            << "within a script";
    }
    void refusals() {
        QFETCH(QString, markup);
        QFETCH(QString, said);
        const auto found = parseLabel(markup.toStdString());
        QVERIFY(!found);
        QCOMPARE(found.error().kind, ErrorKind::BadInput);
        QVERIFY2(found.error().what.find(said.toStdString()) != std::string::npos,
                 found.error().what.c_str());
        QVERIFY(!found.error().remedy.empty());
        QCOMPARE(plainLabel(markup.toStdString()), markup.toStdString());
    }

    /// A file's name stands for itself, whatever it is made of.
    void textIsItself() {
        for (const char* text : {"GSTM3", "a*b", "x^{2}", "x_{", "\\*", "\\", "a_b^c", "}{", "\\\\{"}) {
            const auto found = parseLabel(labelOf(text));
            DS_VERIFY(found);
            QCOMPARE(plainLabel(labelOf(text)), std::string(text));
            QVERIFY(found->size() == 1 && !found->front().italic);
        }
    }
};

QTEST_GUILESS_MAIN(TestLabelMarkup)
#include "tst_label_markup.moc"
