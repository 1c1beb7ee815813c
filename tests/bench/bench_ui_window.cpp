// SPDX-License-Identifier: GPL-3.0-or-later
// From the click on a base to the new prediction on the page What if, in the whole window without a display.
// Names of models as arguments, which get random weights: none are simple-cnn, the paper's, and xpresso.
#include "ui/experiments_test.h"

#include <QApplication>
#include <QElapsedTimer>

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <stdexcept>

using namespace diploscope;
using namespace diploscope::ui;
using namespace diploscope::test;

namespace {

class Flips : public ExperimentsTest {
public:
    Flips() { makeHome(); }

    /// \return milliseconds of each, from the click to the text that is painted
    std::vector<double> measure(const std::string& model) {
        constexpr int flips = 30;
        const QString folder = withRandomWeights(model);
        const auto window = windowWithDrivers(0);
        need(window != nullptr, "no window");
        window->session().chooseModel(folder);
        need(waitUntil([&] { return isReady(*window, model); }), "no locus");
        BaseStrip& strip = page(*window).whatIf().strip();
        const int64_t first = strip.place() - flips / 2;
        std::vector<double> times;
        for (int flip = 0; flip < flips; ++flip) {
            const int64_t place = first + flip;
            const std::string reference = window->experiments().locus()->locus.referenceBases(place, 1);
            const QPoint at = strip.cell(place, reference == "A" ? 'C' : 'A').center();
            const auto before = window->experiments().whatIf().outcome;
            QElapsedTimer timer;
            timer.start();
            QTest::mouseClick(&strip, Qt::LeftButton, {}, at);
            need(waitForAnswer(*window, before), "no answer");
            times.push_back(static_cast<double>(timer.nsecsElapsed()) * 1e-6);
            need(through(*window), "no check");
        }
        need(closed(*window), "the window stays open");
        return times;
    }

private:
    static void need(bool holds, const char* otherwise) {
        if (!holds)
            throw std::runtime_error(otherwise);
    }
    QString withRandomWeights(const std::string& name) {
        std::ifstream file(findModelFolder(name).value() / "model.json");
        nlohmann::json model = nlohmann::json::parse(file);
        model["weights"] = "weights.safetensors";
        const std::filesystem::path folder = m_home / ("models/" + name);
        writeModelWithWeights(folder, model);
        return QString::fromStdString(folder.string());
    }
    static bool isReady(MainWindow& window, const std::string& model) {
        const Session& session = window.session();
        const auto locus = window.experiments().locus();
        return session.model().predictor() && session.model().predictor()->info().name == model &&
               session.shown().report() && session.shown().report()->complete && locus &&
               !window.jobs().isBusy() &&
               locus->locus.locus().region.length() == session.model().predictor()->info().input.length;
    }
    /// Another one than before, which may say the same: random weights do not hear of every base.
    template <class Outcome>
    static bool waitForAnswer(MainWindow& window, const Outcome& before) {
        const QDeadlineTimer deadline(60'000);
        const auto isThere = [&] {
            return window.experiments().whatIf().outcome != before &&
                   page(window).whatIf().resultText().contains(QStringLiteral("difference"));
        };
        while (!isThere()) {
            if (deadline.hasExpired())
                return false;
            QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
        }
        QCoreApplication::processEvents(); // what has changed is painted
        return true;
    }
};

} // namespace

int main(int argc, char** argv) {
    if (!qEnvironmentVariableIsSet("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    const QApplication application(argc, argv);
    std::vector<std::string> models(argv + 1, argv + argc);
    if (models.empty())
        models = {"simple-cnn", "xpresso"};
    Flips flips;
    for (const std::string& model : models) {
        std::vector<double> times = flips.measure(model);
        std::sort(times.begin(), times.end());
        std::printf("%s: %zu flips, median %.1f ms, worst %.1f ms\n", model.c_str(), times.size(),
                    times[times.size() / 2], times.back());
    }
    return 0;
}
