// SPDX-License-Identifier: GPL-3.0-or-later
// What a specification may say of each figure, and what it must.
#include "figure/figure_file.h"
#include "figures/drawn_design.h"
#include "figures/panel_check.h"
#include "support.h"

#include <fmt/format.h>

using namespace diploscope;
using namespace diploscope::ui;

class TestPanelCheck : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void panelsAreChecked_data() {
        QTest::addColumn<QString>("figure");
        QTest::addColumn<QString>("members");
        QTest::addColumn<QString>("fault"); ///< its key; empty: none
        const auto row = [](const char* figure, const char* members, const char* fault) {
            QTest::newRow(members) << QString(figure) << QString(members) << QString(fault);
        };
        row("observed-predicted", R"("variants":["rs1"])", "");
        row("observed-predicted", R"("variants":["rs1","rs2"])", "variants");
        row("carriers-pair", R"("variants":["rs1","rs2","rs3"])", "variants");
        row("ism", R"("colour":"carrier-fraction","attribution":"gradient","around_tss":500)", "");
        row("ism", R"("colour":"red")", "colour");
        row("ism", R"("tracks":[{"track":"ism"}])", "tracks");
        row("locus", R"("tracks":[{"track":"model:x"},{"track":"genotypes"}])", "");
        row("locus", R"("tracks":[{"track":"ism"},{"track":"eqtl"},{"track":"pip"},{"track":"missing"}])",
            "");
        row("locus", R"("tracks":[{"track":"ld"},{"track":"file:a.bed"}])", "");
        row("locus", R"("tracks":[{"track":"genotype"}])", "tracks");
        row("ism", R"("ablate":["drivers"])", "ablate");
        row("before-after", R"("ablate":["drivers"],"keep_only":true)", "");
        row("before-after", R"("ablate":["drivers"],"saturate":"tss")", "saturate");
        row("eqtl", R"("sample":"HG1")", "sample");
        row("figure_2A", R"("region":"1:1-2")", "region");
        row("figure_2A", R"("null":"none")", "null");
        row("waterfall", R"("gene":"G")", "sample");
        row("waterfall", R"("sample":"HG1","against":"HG2")", "");
        row("before-after", R"("gene":"H")", "ablate");
        row("before-after", R"("ablate":["drivers"],"edits":["1:2:A:G"])", "edits");
        row("saturation", R"("gene":"I")", "saturate");
        row("saturation", R"("saturate":"tss","logo":"high")", "logo");
        row("saturation", R"("saturate":"tss","ablate":["drivers"])", "ablate");
    }
    void panelsAreChecked() {
        QFETCH(QString, figure);
        QFETCH(QString, members);
        QFETCH(QString, fault);
        const std::string text = fmt::format(R"({{"schema":1,"panels":[{{"figure":"{}",{}}}]}})",
                                             figure.toStdString(), members.toStdString());
        const auto design = figureDesignOf(nlohmann::json::parse(text), "/");
        DS_VERIFY(design);
        const auto checked = checkPanel(**figureNamed(figure.toStdString()), design->panels[0]);
        QCOMPARE(checked.has_value(), fault.isEmpty());
        if (!checked)
            QCOMPARE(QString::fromStdString(checked.error().where), fault);
    }
};

QTEST_GUILESS_MAIN(TestPanelCheck)
#include "tst_panel_check.moc"
