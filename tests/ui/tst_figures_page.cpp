// SPDX-License-Identifier: GPL-3.0-or-later
// Figures of several panels, in the real window: composed, changed, saved, kept, made for many genes; and
// what a single figure is saved by.
#include "base/atomic_file.h"
#include "document/session_file.h"
#include "figure/figure_file.h"
#include "figures/figure_registry.h"
#include "saved_figure.h"
#include "views/experiments_page.h"
#include "views/export_places.h"
#include "views/figure_dialog.h"
#include "views/figure_form.h"
#include "views/figure_genes_dialog.h"
#include "views/figures_page.h"
#include "views/locus_panel.h"
#include "views/panel_form.h"
#include "views/scatter_panel.h"
#include "widget_check.h"
#include "window_test.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMimeData>
#include <QMouseEvent>
#include <QPushButton>
#include <QToolButton>

using namespace diploscope;
using namespace diploscope::ui;
using namespace diploscope::test;
namespace fs = std::filesystem;

class TestFiguresPage : public WindowTest {
    Q_OBJECT

    std::unique_ptr<MainWindow> m_window;
    TemporaryFolder m_folder;
    int m_first = 0; ///< steps before the first test

    FiguresPage& page() { return *m_window->findChild<FiguresPage*>(); }
    const FigureDesign& design() { return m_window->documents().document().figure; }
    /// What is shown is the document's figure.
    bool isShown() {
        return waitUntil([&] {
            return page().canvas().places().size() == design().panels.size() && !m_window->jobs().isBusy();
        });
    }
    void add(const char* figure) {
        const size_t before = design().panels.size();
        page().addPanelOf(**figureNamed(figure));
        QVERIFY(waitUntil([&] { return design().panels.size() == before + 1; }));
        QVERIFY2(isShown(), qPrintable(said()));
    }
    /// What the page has to say, for whoever wonders why nothing is shown.
    QString said() {
        QStringList words;
        for (const QLabel* label : page().findChildren<QLabel*>())
            if (label->isVisible() && label->property("role") == QStringLiteral("warning"))
                words << label->text();
        return words.join(u' ');
    }
    QPoint middleOf(size_t panel) {
        return page().canvas().onScreen(page().canvas().places()[panel].whole).center().toPoint();
    }
    QString fileOf(const std::string& name) { return QString::fromStdString((m_folder / name).string()); }
    QStringList figures() {
        QStringList names;
        for (const PanelDesign& panel : design().panels)
            names << QString::fromStdString(panel.figure);
        return names;
    }

private Q_SLOTS:
    void initTestCase() {
        makeHome();
        m_window = windowWithAGene();
        QVERIFY(m_window);
        m_first = m_window->documents().steps().index();
    }
    void cleanupTestCase() { QVERIFY(closed(*m_window)); }
    void init() {
        m_window->documents().steps().setIndex(m_first); // the gene stays
        m_window->turnTo(Document::Page::Figures);
        QVERIFY(waitUntil([&] { return !m_window->jobs().isBusy(); }));
        QVERIFY(design().panels.empty());
    }

    void panelsAreAddedMovedAndTakenAway() {
        for (const char* figure : {"ism", "observed-predicted", "carriers"})
            add(figure);
        QCOMPARE(figures(), (QStringList{"ism", "observed-predicted", "carriers"}));
        QCOMPARE(page().canvas().chosen(), std::optional<size_t>(2)); // what was added is chosen
        QVERIFY(!page().canvas().picture().isNull());

        // By mouse.
        QWidget* view = page().canvas().viewport();
        const QPoint from = middleOf(0), to = middleOf(1);
        QTest::mousePress(view, Qt::LeftButton, {}, from);
        QCOMPARE(page().canvas().chosen(), std::optional<size_t>(0));
        QTest::mouseMove(view, from + QPoint(20, 5));
        QTest::mouseMove(view, to);
        QTest::mouseRelease(view, Qt::LeftButton, {}, to);
        QCOMPARE(figures(), (QStringList{"observed-predicted", "ism", "carriers"}));
        QCOMPARE(page().canvas().chosen(), std::optional<size_t>(1)); // the same panel
        QVERIFY(isShown());

        // By keys, and back.
        page().canvas().setFocus();
        QTest::keyClick(&page().canvas(), Qt::Key_Left, Qt::ShiftModifier);
        QCOMPARE(figures(), (QStringList{"ism", "observed-predicted", "carriers"}));
        QTest::keyClick(&page().canvas(), Qt::Key_Down);
        QVERIFY(isShown());
        QCOMPARE(page().canvas().chosen(), std::optional<size_t>(2));
        QTest::keyClick(&page().canvas(), Qt::Key_Delete);
        QCOMPARE(figures(), (QStringList{"ism", "observed-predicted"}));
        m_window->documents().steps().undo();
        QCOMPARE(figures().size(), 3);
        QVERIFY(isShown());
    }

    /// A label is written into where it stands.
    void labelsAreWrittenInPlace() {
        add("observed-predicted");
        DesignCanvas& canvas = page().canvas();
        const QPoint title = canvas.labelPlace(0, DesignCanvas::Label::Title).center().toPoint();
        QTest::mouseDClick(canvas.viewport(), Qt::LeftButton, {}, title);
        QVERIFY(canvas.editor()->isVisible());
        QVERIFY(!canvas.editor()->text().isEmpty()); // what it says by itself
        canvas.editor()->setText(QStringLiteral("My *gene*, R^{2}"));
        QTest::keyClick(canvas.editor(), Qt::Key_Return);
        QVERIFY(canvas.editor()->isHidden());
        QCOMPARE(design().panels[0].title, std::string("My *gene*, R^{2}"));
        QVERIFY(isShown());
        const int before = m_window->documents().steps().index();
        canvas.edit(0, DesignCanvas::Label::X, QStringLiteral("never"));
        QTest::keyClick(canvas.editor(), Qt::Key_Escape);
        canvas.edit(0, DesignCanvas::Label::X, QStringLiteral("*begun"));
        QTest::keyClick(canvas.editor(), Qt::Key_Return); // cannot be read
        QCOMPARE(m_window->documents().steps().index(), before);
        QVERIFY(design().panels[0].xLabel.empty());
        // What it says by itself is nobody's wish.
        canvas.edit(0, DesignCanvas::Label::X,
                    labelWords(design().panels[0], canvas.places()[0], DesignCanvas::Label::X));
        QTest::keyClick(canvas.editor(), Qt::Key_Return);
        QVERIFY(design().panels[0].xLabel.empty());
    }

    /// A picture that is ready while somebody writes takes no words from him; what is done is shown again.
    void whatIsTypedStays() {
        add("observed-predicted");
        QVERIFY(isShown());
        QLineEdit* title = nullptr;
        for (QLineEdit* field : page().panelForm().findChildren<QLineEdit*>())
            if (field->toolTip().contains(QStringLiteral("italics"))) {
                title = field;
                break;
            }
        QVERIFY(title != nullptr && title->isEnabled());
        title->setFocus();
        QVERIFY(waitUntil([&] { return title->hasFocus(); }));
        QTest::keyClicks(title, QStringLiteral("Two cop"));
        page().panelForm().show(design(), size_t{0}, nullptr);
        QCOMPARE(title->text(), QStringLiteral("Two cop"));
        QTest::keyClicks(title, QStringLiteral("ies"));
        QTest::keyClick(title, Qt::Key_Return);
        QVERIFY(waitUntil([&] { return design().panels.front().title == "Two copies"; }));
        QVERIFY(isShown());
        FigureDesign other = design();
        other.panels.front().title = "Another";
        page().panelForm().show(other, size_t{0}, nullptr);
        QCOMPARE(title->text(), QStringLiteral("Another"));
        page().panelForm().show(design(), size_t{0}, nullptr);
    }

    /// Nothing is said of a panel that is not chosen, but how one is.
    void noPanelIsChosen() {
        PanelForm& form = page().panelForm();
        const auto shown = [&form] { // the words and fields that are there
            QList<const QWidget*> all;
            for (const QWidget* child : form.findChildren<QWidget*>(QString(), Qt::FindDirectChildrenOnly))
                if (child->isVisible())
                    all << child;
            return all;
        };
        const auto sentence = [&shown] {
            const auto* label = shown().isEmpty() ? nullptr : qobject_cast<const QLabel*>(shown().first());
            return label != nullptr ? label->text() : QString();
        };
        QCOMPARE(shown().size(), 1);
        QVERIFY2(sentence().contains(QStringLiteral("Add one")), qPrintable(sentence()));
        add("observed-predicted");
        QVERIFY(shown().size() > 20);
        for (const QWidget* child : form.findChildren<QWidget*>(QString(), Qt::FindDirectChildrenOnly))
            QVERIFY2(child->isVisible(), qPrintable(nameOf(*child)));
        QCOMPARE(sentence(), QStringLiteral("observed and predicted expression"));
        const int width = page().canvas().width();
        // Beside the paper.
        const QPoint beside = page().canvas().onScreen({-2, -2, 0, 0}).topLeft().toPoint();
        QTest::mouseClick(page().canvas().viewport(), Qt::LeftButton, {}, beside);
        QCOMPARE(page().canvas().chosen(), std::optional<size_t>());
        QCOMPARE(shown().size(), 1);
        QVERIFY2(sentence().contains(QStringLiteral("Click one")), qPrintable(sentence()));
        QCOMPARE(page().canvas().width(), width);
        QCOMPARE(figures(), QStringList{"observed-predicted"}); // showing is no edit
    }

    /// At the smallest size of the window: the forms are whole, and the sheet has the larger part.
    void theSheetHasRoom() {
        add("observed-predicted");
        add("ism"); // whose letters and axes the form asks about, too
        const QSize before = m_window->size();
        m_window->resize(1100, 680);
        const QWidget* sheet = page().canvas().viewport();
        const bool isWide = waitUntil([&] { return m_window->width() == 1100 && sheet->width() >= 380; });
        const QString measured =
            QStringLiteral("window %1, sheet %2").arg(m_window->width()).arg(sheet->width());
        QStringList cut;
        const bool isWhole = waitUntil(
            [&] {
                cut.clear();
                for (QWidget* form : {static_cast<QWidget*>(&page().figureForm()),
                                      static_cast<QWidget*>(&page().panelForm())})
                    for (const QWidget* child :
                         form->findChildren<QWidget*>(QString(), Qt::FindDirectChildrenOnly))
                        if (child->isVisible() && (!isWithin(*child) || !test::isWhole(*child)))
                            cut << nameOf(*child);
                return cut.isEmpty();
            },
            3000);
        m_window->resize(before);
        QVERIFY2(isWide, qPrintable(measured));
        QVERIFY2(isWhole, qPrintable(cut.join(u'\n')));
    }

    /// Labels and sizes read nothing again.
    void onlyDataAreRead() {
        add("observed-predicted");
        QSignalSpy jobs(&m_window->jobs(), &JobRunner::jobAdded);
        auto* width = page().figureForm().findChildren<QDoubleSpinBox*>().first();
        width->setValue(114);
        QCOMPARE(*design().widthMm, 114.0);
        QVERIFY(isShown());
        for (const QList<QVariant>& added : jobs) { // others, of before, may begin
            const QString title = m_window->jobs().jobs()[static_cast<size_t>(added[0].toInt())].title;
            QVERIFY2(!title.startsWith(QStringLiteral("Reading what")), qPrintable(title));
        }
        QCOMPARE(qRound(page().canvas().onScreen({0, 0, 114, 1}).width()) > 100, true);
    }

    /// What the page saves is what the command makes of the file: the same bytes.
    void savesWhatCommandsMake() {
        for (const char* figure : {"ism", "observed-predicted", "ism-eqtl", "carriers", "eqtl", "locus"})
            add(figure);
        for (const char* ending : {".svg", ".pdf", ".png"}) {
            const QString file = fileOf(std::string("six") + ending);
            QSignalSpy saved(&page(), &FiguresPage::saved);
            page().saveTo(file.toStdString());
            QVERIFY(waitUntil([&] { return !saved.isEmpty(); }));
            const std::string bytes = *readWholeFile(file.toStdString());
            const auto again = madeAgain(bytes, *figureFormat(file.toStdString()));
            DS_VERIFY(again);
            QVERIFY2(bytes == *again, ending);
        }
        // It can be opened as it was.
        const FigureDesign before = design();
        m_window->documents().steps().setIndex(m_first);
        m_window->turnTo(Document::Page::Figures);
        page().openFile((m_folder / "six.svg"));
        QVERIFY(waitUntil([&] { return design().panels.size() == 6; }));
        QVERIFY(isShown());
        QCOMPARE(figures().size(), 6);
        QCOMPARE(design().gene, before.gene);
    }

    /// A template of it is made for every gene; those without a figure are counted.
    void templatesAndManyGenes() {
        for (const char* figure : {"ism", "observed-predicted"})
            add(figure);
        const fs::path file = m_folder / "mine.figure.json";
        QSignalSpy saved(&page(), &FiguresPage::saved);
        page().saveTemplate(file);
        QVERIFY(waitUntil([&] { return !saved.isEmpty(); }));
        const auto kept = readFigureFile(file);
        DS_VERIFY(kept);
        QVERIFY(kept->gene.empty() && kept->study.empty() && kept->panels.size() == 2);

        typeGene(*m_window, gene(*m_window, 1));
        QVERIFY(verdict(*m_window));
        page().openFile(file);
        const std::string other = m_window->session().study()->genes()[1].gene.id;
        QVERIFY(waitUntil([&] { return design().gene == other; }));
        m_window->turnTo(Document::Page::Figures);
        QVERIFY(isShown());

        FigureGenesDialog dialog(m_window->session(), m_window->genome(), m_window.get());
        auto* which = dialog.findChildren<QComboBox*>().first();
        which->setCurrentIndex(which->count() - 1); // all
        QCOMPARE(dialog.genes().size(), m_window->session().study()->genes().size());
        saved.clear();
        const fs::path folder = m_folder / "genes";
        fs::create_directory(folder);
        page().saveForGenes(dialog.genes(), folder, FigureFormat::Pdf);
        QVERIFY(waitUntil([&] { return !saved.isEmpty(); }));
        size_t files = 0;
        for (const auto& entry : fs::directory_iterator(folder)) {
            QVERIFY2(entry.path().string().ends_with(".figure.pdf"), entry.path().c_str());
            ++files;
        }
        QCOMPARE(files, dialog.genes().size());
    }

    /// Any chart becomes a panel, with what was chosen in it.
    void chartsBecomePanels() {
        m_window->turnTo(Document::Page::Gene);
        auto& locus = m_window->findChild<GenePage*>()->locus();
        QVERIFY(waitUntil([&] { return locus.view().hasFigure() && !m_window->jobs().isBusy(); }));
        QMenu* menu = locus.saver().makeMenu(m_window.get());
        for (QAction* action : menu->actions())
            if (action->text() == QStringLiteral("Add to the figure"))
                action->trigger();
        delete menu;
        QVERIFY(waitUntil([&] { return design().panels.size() == 1; }));
        QCOMPARE(design().panels[0].figure, std::string("locus"));
        QCOMPARE(m_window->documents().document().page, Document::Page::Gene); // one stays where one is
        m_window->turnTo(Document::Page::Figures);
        QVERIFY(isShown());
    }

    /// A session keeps it, with files named as it is.
    void sessionsKeepIt() {
        add("ism");
        const fs::path file = m_folder / "a.diploscope.json";
        DS_VERIFY(writeSession(m_window->documents().document(), file));
        const auto read = readSession(file);
        DS_VERIFY(read);
        QVERIFY(read->figure == design());
        QCOMPARE(read->page, Document::Page::Figures);
    }

    /// One figure alone is seen before it is saved, and how it was saved is kept for its study.
    void dialogShowsWhatIsSaved() {
        m_window->turnTo(Document::Page::Gene);
        auto& panel = m_window->findChild<GenePage*>()->scatter();
        QVERIFY(waitUntil([&] { return panel.view().hasFigure(); }));
        panel.saver().ask();
        FigureDialog* dialog = nullptr;
        QVERIFY(waitUntil([&] { return (dialog = m_window->findChild<FigureDialog*>()) != nullptr; }));
        QVERIFY(waitUntil([&] { return !dialog->canvas().picture().isNull(); }));
        auto* width = dialog->findChild<FigureForm*>()->findChildren<QDoubleSpinBox*>().first();
        width->setValue(114);
        QVERIFY(waitUntil([&] { return dialog->canvas().places()[0].whole.width() > 113; }));
        QVERIFY(waitUntil([&] { return !m_window->jobs().isBusy(); }));
        QVERIFY(waitUntil([&] { // pixel by pixel
            const double dots = dialog->canvas().picture().width() / 114.0 * 25.4;
            return std::abs(dots - dialog->canvas().dpi()) < 2;
        }));
        QCOMPARE(dialog->figure().design.panels[0].figure, std::string("observed-predicted"));
        dialog->reject();

        const auto study = m_window->session().study();
        keepExportHabits(study.get(), QStringLiteral("ism"), {QStringLiteral("pdf"), true, QSizeF(114, 60)});
        QCOMPARE(exportHabits(study.get(), QStringLiteral("ism")).sizeMm, std::optional(QSizeF(114, 60)));
        QCOMPARE(exportHabits(study.get(), QStringLiteral("locus")).ending, QStringLiteral("pdf"));
        QVERIFY(!exportHabits(study.get(), QStringLiteral("locus")).sizeMm);
        QCOMPARE(exportHabits(nullptr, QStringLiteral("ism")).ending, QStringLiteral("svg")); // another study
    }

    /// Carried out of the window as a file that holds its proof.
    void chartsAreCarriedAsFiles() {
        m_window->turnTo(Document::Page::Gene);
        auto& panel = m_window->findChild<GenePage*>()->scatter();
        std::unique_ptr<QMimeData> data;
        panel.saver().prepareDrag([&](std::unique_ptr<QMimeData> made) { data = std::move(made); });
        QVERIFY(waitUntil([&] { return data != nullptr; }));
        QCOMPARE(data->urls().size(), 1);
        const std::string file = data->urls().first().toLocalFile().toStdString();
        const auto format = figureFormat(file);
        DS_VERIFY(format);
        const auto bytes = readWholeFile(file);
        DS_VERIFY(bytes);
        const auto again = madeAgain(*bytes, *format);
        DS_VERIFY(again);
        QVERIFY(*bytes == *again);
    }

    /// Dragged with Alt any chart is carried, and is neither moved nor selected in; without it is as ever.
    void chartsAreDraggedWithAlt() {
        m_window->turnTo(Document::Page::Gene);
        ChartView& view = m_window->findChild<GenePage*>()->scatter().view();
        QVERIFY(waitUntil([&] { return view.hasFigure() && !m_window->jobs().isBusy(); }));
        const QPoint from = view.middle().toPoint(), to = from + QPoint(40, 10);
        const auto send = [&](QEvent::Type type, QPoint at, Qt::KeyboardModifiers keys) {
            const bool ends = type == QEvent::MouseButtonRelease;
            QMouseEvent event(type, at, view.viewport()->mapToGlobal(at),
                              type == QEvent::MouseMove ? Qt::NoButton : Qt::LeftButton,
                              ends ? Qt::NoButton : Qt::LeftButton, keys);
            QApplication::sendEvent(view.viewport(), &event);
        };
        const auto drag = [&](Qt::KeyboardModifiers keys) {
            send(QEvent::MouseButtonPress, from, keys);
            send(QEvent::MouseMove, from + QPoint(1, 0), keys);
            send(QEvent::MouseMove, to, keys);
            send(QEvent::MouseButtonRelease, to, keys);
        };
        const auto prepared = [&] {
            const auto& jobs = m_window->jobs().jobs();
            return std::count_if(jobs.begin(), jobs.end(), [](const JobStatus& job) {
                return job.title == QStringLiteral("Preparing a figure");
            });
        };
        const auto before = prepared();
        QSignalSpy moved(&view, &ChartView::rangesChanged), clicked(&view, &ChartView::clicked);
        QSignalSpy brushed(&view, &ChartView::brushed);
        for (const auto how : {ChartView::Drag::Pan, ChartView::Drag::Rectangle}) {
            const ChartView::Drag usual = view.drag();
            view.setDrag(how);
            drag(Qt::AltModifier);
            view.setDrag(usual);
        }
        QVERIFY(moved.isEmpty() && clicked.isEmpty() && brushed.isEmpty());
        QCOMPARE(prepared(), before + 2);
        QVERIFY(waitUntil([&] { return !m_window->jobs().isBusy(); }));
        drag(Qt::NoModifier);
        QCOMPARE(prepared(), before + 2);
        QVERIFY(!moved.isEmpty() || !brushed.isEmpty());
        // A click with Alt that goes nowhere carries nothing.
        send(QEvent::MouseButtonPress, from, Qt::AltModifier);
        send(QEvent::MouseButtonRelease, from, Qt::AltModifier);
        QCOMPARE(prepared(), before + 2);
        m_window->documents().steps().setIndex(m_first);
    }

    /// What cannot be read is told where it is shown, and nothing is lost.
    void faultsAreTold() {
        add("ism");
        writeText(m_folder / "bad.figure.json", R"({"schema": 1, "panels": []})");
        const FigureDesign before = design();
        page().openFile(m_folder / "bad.figure.json");
        QVERIFY(waitUntil([&] { return !m_window->jobs().isBusy(); }));
        QVERIFY(design() == before);
        FigureDesign unknown = before;
        unknown.panels[0].gene = "NOSUCHGENE";
        Q_EMIT page().asked(QStringLiteral("Gene of a panel"), unknown);
        QVERIFY(waitUntil([&] { return !m_window->jobs().isBusy(); }));
        QVERIFY(design() == unknown); // it can be mended
        m_window->documents().steps().undo();
        QVERIFY(isShown());
    }

    /// Closing the study leaves nothing behind.
    void closingForgets() {
        add("ism");
        m_window->closeStudy();
        QVERIFY(design().panels.empty());
        m_window->openStudy(m_home.study());
        QVERIFY(opened(*m_window));
        QVERIFY(design().panels.empty());
    }
};

QTEST_MAIN(TestFiguresPage)
#include "tst_figures_page.moc"
