// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "support.h"
#include "table_file.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QProcessEnvironment>
#include <QStringList>

#include <string>

namespace diploscope::test {

/// What one run of the program left behind.
struct Run {
    int exitCode = -1;
    QString out;
    QString err;
};

/// Runs `diploscope` with an empty user cache and data folder below `home`, so that tests see only their own.
inline QProcessEnvironment programEnvironment(const std::filesystem::path& home) {
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert("XDG_CACHE_HOME", QString::fromStdString((home / "cache").string()));
    environment.insert("XDG_DATA_HOME", QString::fromStdString((home / "data").string()));
    environment.remove("DISPLAY");
    return environment;
}

inline Run runProgram(const std::filesystem::path& home, const QStringList& arguments) {
    QProcess process;
    process.setProcessEnvironment(programEnvironment(home));
    process.start(DIPLOSCOPE_PROGRAM, arguments);
    process.waitForFinished(300000);
    return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1,
            QString::fromUtf8(process.readAllStandardOutput()),
            QString::fromUtf8(process.readAllStandardError())};
}

inline QJsonObject jsonFile(const std::filesystem::path& file) {
    return QJsonDocument::fromJson(fileContent(file)).object();
}

/// A study file over the real data, written to `folder`. \return the file
inline std::filesystem::path writeRealStudy(const std::filesystem::path& folder) {
    const std::filesystem::path data = sharedData() / "geuvadis_chr22";
    const QJsonObject study{
        {"schema", 1},
        {"name", "GEUVADIS chr22"},
        {"build", "GRCh37"},
        {"reference", QString::fromStdString((data / "reference/hg19.22.1-22000000.fa.gz").string())},
        {"annotation",
         QString::fromStdString((data / "annotation/gencode.v19.annotation.chr22.gtf.gz").string())},
        {"genotypes",
         QString::fromStdString((data / "genotypes/merged316.chr22_1-22Mb.phased.vcf.gz").string())},
        {"expression",
         QString::fromStdString((data / "expression/geuvadis358.genes.RPKM.chr22.bed.gz").string())},
        {"expression_transform", "log2p1"},
        {"expression_unit", "RPKM"}};
    writeText(folder / "real.study.json", QJsonDocument(study).toJson().toStdString());
    return folder / "real.study.json";
}

/// Xpresso as a user would install it: our manifest beside the weights. \return the model's folder
inline std::filesystem::path installXpresso(const std::filesystem::path& folder) {
    namespace fs = std::filesystem;
    fs::create_directories(folder);
    const fs::path manifest = fs::path(DIPLOSCOPE_TEST_DATA) / ".." / "models" / "xpresso" / "model.json";
    fs::copy_file(manifest, folder / "model.json", fs::copy_options::overwrite_existing);
    const std::string weights = jsonFile(manifest)["weights"].toString().toStdString();
    if (!fs::exists(folder / weights))
        fs::create_symlink(sharedData() / "xpresso" / weights, folder / weights);
    return folder;
}

} // namespace diploscope::test
