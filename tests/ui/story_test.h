// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "experiments_test.h"
#include "pictures.h"
#include "watchdog.h"
#include "window_walk.h"

#include <QLabel>
#include <QStackedWidget>

#include <algorithm>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace diploscope::test {

/// Names windows that appear without being asked for: parts of a page that are shown before they have a
/// place are windows of their own for a moment, and take the keyboard.
class StrayWindows : public QObject {
public:
    StrayWindows() { qApp->installEventFilter(this); }
    [[nodiscard]] const QStringList& seen() const { return m_seen; }

private:
    bool eventFilter(QObject* object, QEvent* event) override {
        const auto* widget = event->type() == QEvent::Show ? qobject_cast<QWidget*>(object) : nullptr;
        if (widget != nullptr && widget->isWindow() && widget->parentWidget() == nullptr &&
            (widget->windowFlags() & Qt::WindowType_Mask) == Qt::Window &&
            qobject_cast<const ui::MainWindow*>(widget) == nullptr)
            m_seen << QLatin1String(widget->metaObject()->className()) + QLatin1Char(' ') +
                          widget->objectName();
        return false;
    }
    QStringList m_seen;
};

/// A story that a person goes through in the window, part by part: the watchdog looks on, a picture of each
/// part is kept, and each step of the document is known by its name. After a failure nothing more is told.
class StoryTest : public ExperimentsTest {
protected:
    struct Part {
        const char* name;
        std::function<void()> play;
        const char* looksAs = nullptr; ///< the part after which the page looked the same
    };

    std::vector<ui::Document> m_way; ///< what was shown at first, and after each step

    StrayWindows m_strays;

    ui::MainWindow& window() { return *m_window; }
    ui::GenePage& genePage() { return *m_window->findChild<ui::GenePage*>(); }
    ui::WindowActions& actions() { return *m_window->findChild<ui::WindowActions*>(); }
    const ui::Document& document() { return m_window->documents().document(); }
    bool calm() {
        return waitUntil([&] { return !m_window->jobs().isBusy(); });
    }

    /// As large as a laptop's.
    bool openWindow() {
        m_window = freshWindow(*m_theme, m_home, {1280, 860});
        m_window->activateWindow();
        return QTest::qWaitForWindowActive(m_window.get()) && calm();
    }
    bool closeWindow() {
        const bool ended = closed(*m_window);
        m_window.reset();
        return ended;
    }
    void dropWindow() { m_window.reset(); }

    /// To where the keyboard is.
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = {}) {
        QWidget* at = QApplication::focusWidget();
        QTest::keyClick(at != nullptr ? at : static_cast<QWidget*>(m_window.get()), key, modifiers);
    }
    /// What was done just now is the one more step that Ctrl+Z takes back.
    void step(const QString& name) {
        m_way.push_back(document());
        QCOMPARE(m_window->documents().steps().count(), static_cast<int>(m_way.size()) - 1);
        QVERIFY2(actions().undo->text().startsWith(QStringLiteral("&Undo ") + name),
                 qPrintable(actions().undo->text()));
    }
    static bool says(const QWidget& part, const QString& text) {
        const QList<QLabel*> labels = part.findChildren<QLabel*>();
        return std::any_of(labels.begin(), labels.end(), [&text](const QLabel* label) {
            return label->isVisible() && label->text().contains(text);
        });
    }

    /// The watchdog looks at what the window does, not at how its pictures are taken and compared.
    void tell(const std::vector<Part>& parts) {
        for (const Part& part : parts) {
            Watchdog watchdog;
            watchdog.phase(part.name);
            part.play();
            QTest::qWait(60); // what is drawn last
            watchdog.stop();
            keepPicture(*m_window, QStringLiteral("story %1 %2")
                                       .arg(++m_told, 2, 10, QLatin1Char('0'))
                                       .arg(QLatin1String(part.name)));
            if (QTest::currentTestFailed())
                return;
            qInfo("longest block in ms: %s", watchdog.text().c_str());
            const double block = watchdog.longest().ms;
            double& best = m_blocks.try_emplace(part.name, block).first->second;
            best = std::min(best, block);
            m_pages[part.name] = pageShown();
            if (part.looksAs != nullptr)
                compare(part);
            if (QTest::currentTestFailed())
                return;
        }
    }
    /// Parts in which the GUI thread did not answer for longer, however often they were told.
    [[nodiscard]] QStringList blockedLongerThan(double limitMs) const {
        QStringList blocked;
        for (const auto& [part, ms] : m_blocks)
            if (ms > limitMs)
                blocked << QStringLiteral("%1: %2 ms, %3 are allowed")
                               .arg(QString::fromStdString(part))
                               .arg(ms, 0, 'f', 0)
                               .arg(limitMs, 0, 'f', 0);
        return blocked;
    }

private:
    /// Whatever has the keyboard.
    QImage pageShown() {
        QWidget* focused = QApplication::focusWidget();
        m_window->setFocus();
        auto* pages = qobject_cast<QStackedWidget*>(genePage().parentWidget());
        const QImage picture = pages->currentWidget()->grab().toImage();
        if (focused != nullptr)
            focused->setFocus();
        return picture;
    }
    void compare(const Part& part) {
        QRect differs;
        (void)waitUntil(
            [&] {
                m_pages[part.name] = pageShown();
                differs = differenceOf(m_pages.at(part.name), m_pages.at(part.looksAs));
                return differs.isEmpty();
            },
            3000);
        QVERIFY2(differs.isEmpty(), qPrintable(QStringLiteral("%1 and %2 differ in %3 x %4 at %5, %6")
                                                   .arg(QLatin1String(part.name), QLatin1String(part.looksAs))
                                                   .arg(differs.width())
                                                   .arg(differs.height())
                                                   .arg(differs.x())
                                                   .arg(differs.y())));
    }

    int m_told = 0; ///< parts
    std::unique_ptr<ui::MainWindow> m_window;
    std::map<std::string, QImage> m_pages;  ///< after each part
    std::map<std::string, double> m_blocks; ///< ms without an answer, the best of all times it was told
};

} // namespace diploscope::test
