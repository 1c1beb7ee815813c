// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/atomic_file.h"
#include "io/text_reader.h"
#include "views/gene_header.h"
#include "views/gene_list_panel.h"
#include "views/message_stack.h"
#include "window_test.h"

#include <QTableView>

using namespace diploscope;
using namespace diploscope::ui;
using namespace diploscope::test;

/// A gene whose name has a byte of Latin-1, which no text in UTF-8 has: the window shows it, with a
/// replacement character, and all that it shows of any gene.
class TestLatin1Name : public WindowTest {
    Q_OBJECT

private:
    /// The demo, whose first gene is called G\xC9NB.
    QString demo() {
        auto reader = TextReader::open(m_home.demoFolder() / "genes.gtf.gz");
        std::string text, name;
        for (std::string_view line; *reader->next(line); text += '\n') {
            const size_t at = line.find("gene_name \"");
            if (at == std::string_view::npos) {
                text += line;
                continue;
            }
            const size_t begin = at + 11, end = line.find('"', begin);
            if (name.empty())
                name = line.substr(begin, end - begin);
            text += line.substr(0, begin);
            text += line.substr(begin, end - begin) == name ? "G\xC9NB" : line.substr(begin, end - begin);
            text += line.substr(end);
        }
        writeText(m_home.demoFolder() / "latin1.gtf", text);
        auto study = nlohmann::json::parse(readWholeFile(m_home.study().toStdString()).value());
        study["annotation"] = "latin1.gtf";
        writeText(m_home.demoFolder() / "latin1.study.json", study.dump());
        return QString::fromStdString((m_home.demoFolder() / "latin1.study.json").string());
    }
    /// The public one; empty: it is not here.
    QString shared() const {
        namespace fs = std::filesystem;
        const fs::path cases = sharedData() / "../cases";
        const char* name = "02_crash_non_utf8_symbol";
        if (sharedData().empty() || !fs::is_directory(cases / name))
            return {};
        for (const char* part : {"probe", name})
            fs::copy(cases / part, m_home / part, fs::copy_options::recursive);
        return QString::fromStdString((m_home / name / "t.study.json").string());
    }
    /// Its row in the list of genes; -1: none.
    static int rowOf(MainWindow& window, const QString& name) {
        const QAbstractItemModel& list = window.findChild<GeneListPanel*>()->filter();
        for (int row = 0; row < list.rowCount(); ++row)
            if (list.index(row, GeneListModel::GeneColumn).data().toString() == name)
                return row;
        return -1;
    }

private Q_SLOTS:
    void initTestCase() { makeHome(); }
    void cleanupTestCase() { m_theme.reset(); }

    void isShown_data() {
        QTest::addColumn<QString>("study");
        QTest::newRow("demo") << demo();
        QTest::newRow("public case") << shared();
    }
    void isShown() {
        QFETCH(QString, study);
        if (study.isEmpty())
            QSKIP("skipped: no shared cases beside DIPLOSCOPE_SHARED_DATA");
        const QString name = QStringLiteral("G\uFFFDNB");
        const auto window = makeWindow();
        window->resize(1300, 900);
        QSignalSpy failed(&window->session(), &Session::failed);
        window->openStudy(study);
        QVERIFY(opened(*window));
        QVERIFY(waitUntil([&] { return rowOf(*window, name) >= 0; }));

        // By a click on its row, which runs it.
        GeneListPanel& panel = *window->findChild<GeneListPanel*>();
        QTableView& table = panel.table();
        const QModelIndex index = panel.filter().index(rowOf(*window, name), GeneListModel::GeneColumn);
        table.scrollTo(index);
        QTest::mouseClick(table.viewport(), Qt::LeftButton, {}, table.visualRect(index).center());
        QVERIFY(verdict(*window));
        QVERIFY(calm(*window));
        const GeneHeader& header = window->findChild<GenePage*>()->header();
        QCOMPARE(header.symbol(), name);
        QVERIFY2(!header.verdict().isEmpty(), qPrintable(header.facts()));
        QVERIFY(window->windowTitle().isValidUtf16() && window->windowTitle().contains(name));
        QCOMPARE(rowOf(*window, name), index.row());
        QCOMPARE(failed.count(), 0);
        QCOMPARE(window->findChild<MessageStack*>()->count(), 0);

        // It is found by what is shown of it, and another gene and back are a step of the document.
        const QString other = gene(*window, 0) == name ? gene(*window, 1) : gene(*window, 0);
        typeGene(*window, other);
        QVERIFY(verdict(*window) && header.symbol() == other);
        auto* field = window->findChild<QLineEdit*>(QStringLiteral("geneSearch"));
        field->setText(name); // pasted: no key types it
        QTest::keyClick(field, Qt::Key_Return);
        QVERIFY(waitUntil([&] { return header.symbol() == name; }) && verdict(*window));
        QVERIFY(closed(*window));
    }
};

QTEST_MAIN(TestLatin1Name)
#include "tst_latin1_name.moc"
