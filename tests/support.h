// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QTemporaryDir>
#include <QTest>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

namespace diploscope::test {

/// The real data for tests, or an empty path where it is absent.
inline std::filesystem::path sharedData() {
    const char* folder = std::getenv("DIPLOSCOPE_SHARED_DATA");
    const std::filesystem::path path = folder != nullptr ? folder : "../shared/data";
    return std::filesystem::is_directory(path) ? std::filesystem::absolute(path) : std::filesystem::path();
}

/// A file committed beside the tests: `fixture("io/fixtures/small.vcf")`.
inline std::filesystem::path fixture(const std::string& name) {
    return std::filesystem::path(DIPLOSCOPE_TEST_DATA) / name;
}

inline void writeText(const std::filesystem::path& file, const std::string& text) {
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary) << text;
}

/// A folder that goes when the test does.
class TemporaryFolder {
public:
    [[nodiscard]] std::filesystem::path path() const { return m_folder.path().toStdString(); }
    [[nodiscard]] std::filesystem::path operator/(const std::string& name) const { return path() / name; }

private:
    QTemporaryDir m_folder;
};

} // namespace diploscope::test

#define DS_SKIP_WITHOUT_SHARED_DATA()                                                                        \
    do {                                                                                                     \
        if (diploscope::test::sharedData().empty())                                                          \
            QSKIP("skipped: no shared data (set DIPLOSCOPE_SHARED_DATA)");                                   \
    } while (false)

/// Fails the test with the error's own words.
#define DS_VERIFY(result)                                                                                    \
    do {                                                                                                     \
        const auto& ds_checked = (result); /* a call is made once */                                         \
        QVERIFY2(ds_checked.has_value(),                                                                     \
                 ds_checked.has_value() ? "" : ds_checked.error().message().c_str());                        \
    } while (false)
