// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "file_calls.h"

#include "views/window_actions.h"
#include "window_test.h"

#include <QAction>
#include <QDir>
#include <QLibraryInfo>
#include <QStandardPaths>

#include <initializer_list>

namespace diploscope::test {

/// Uses the window as a person does, part by part, and counts what its thread asks the file system for.
class GuiThreadTest : public WindowTest {
protected:
    /// Of what draws. Nothing of ours lies in these places.
    static std::vector<AllowedPlace> placesOfQt() {
        constexpr auto fonts = "fontconfig looks for a font when letters come that those in use lack";
        constexpr auto icons = "Qt looks for an icon of the desktop's when a dialog or a field is made";
        constexpr auto plugins = "Qt loads a plugin when it is first needed";
        constexpr auto kernel = "the kernel answers, no disk";
        std::vector<AllowedPlace> places{
            {"/proc/", kernel},
            {"/sys/", kernel},
            {"/dev/", kernel},
            {"/etc/fonts", fonts},
            {"/var/cache/fontconfig", fonts},
            {"/usr/share/X11/", "fonts and keyboards of X11"},
            {"/usr/X11R6/lib/X11/fonts", fonts},
            {"/usr/share/pixmaps", icons},
            {"/usr/share/zoneinfo", "Qt 6.8 looks once which time zone a PDF's date is in"},
            {"/etc/localtime", "the same"},
            {"/etc/timezone", "the same"},
            {"/etc/TZ", "the same"},
            {QDir::homePath().toStdString() + "/.font", fonts},
            {QDir::homePath().toStdString() + "/.icons", icons},
        };
        const auto add = [&](QStandardPaths::StandardLocation kind, const char* name, const char* reason) {
            for (const QString& folder : QStandardPaths::standardLocations(kind))
                places.push_back({folder.toStdString() + name, reason});
        };
        add(QStandardPaths::GenericDataLocation, "/font", fonts);
        add(QStandardPaths::GenericDataLocation, "/icons", icons);
        add(QStandardPaths::GenericConfigLocation, "/fontconfig", fonts);
        add(QStandardPaths::GenericCacheLocation, "/fontconfig", fonts);
        for (const auto path : {QLibraryInfo::PluginsPath, QLibraryInfo::TranslationsPath})
            places.push_back({QLibraryInfo::path(path).toStdString(), plugins});
        return places;
    }
    static ui::WindowActions& actions(ui::MainWindow& window) {
        return *window.findChild<ui::WindowActions*>();
    }

    /// \param parts in one window, one after the other; the last one closes it
    template <class Test>
    void nothingIsAskedForBy(std::initializer_list<void (Test::*)(ui::MainWindow&, FileCalls&)> parts) {
        const auto window = makeWindow(); // which reads what it was before
        (void)QTest::qWaitForWindowExposed(window.get());
        QVERIFY(calm(*window));
        FileCalls calls(placesOfQt());
        for (const auto part : parts) {
            (static_cast<Test*>(this)->*part)(*window, calls);
            if (QTest::currentTestFailed())
                break;
        }
        for (const auto& [reason, count] : calls.allowed())
            qInfo("%zu calls: %s", count, reason.c_str());
        for (const std::string& note : calls.notes())
            qWarning("%s", note.c_str());
        QCOMPARE(calls.count(), size_t{0});
    }
};

} // namespace diploscope::test
