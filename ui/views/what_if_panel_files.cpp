// SPDX-License-Identifier: GPL-3.0-or-later
// WhatIfPanel: changes from a VCF, and as one.
#include "base/atomic_file.h"
#include "experiment/typed_edits.h"
#include "io/vcf_sites.h"
#include "views/base_strip.h"
#include "views/export_places.h"
#include "views/what_if_panel.h"

#include <QFileDialog>

namespace diploscope::ui {
namespace {

const QString vcfGroup = QStringLiteral("edits as VCF");

} // namespace

void WhatIfPanel::askToImport() {
    QFileDialog* dialog = openFileDialog(this, tr("Changes to put in"), QFileDialog::ExistingFile);
    dialog->setNameFilters({tr("VCF (*.vcf *.vcf.gz)"), tr("All files (*)")});
    connect(dialog, &QFileDialog::fileSelected, this, &WhatIfPanel::importVcf);
}

void WhatIfPanel::importVcf(const QString& file) {
    const auto locus = experiments().locus();
    if (!locus)
        return;
    session().jobs().run<std::vector<Variant>>(
        {}, vcfGroup, JobRunner::Priority::Seen,
        [path = std::filesystem::path(file.toStdString()), contigs = locus->contigs](const RunContext&) {
            return readVcfSites(path, contigs);
        },
        this,
        [this, held = std::weak_ptr(locus)](Result<std::vector<Variant>> read) {
            const auto there = held.lock();
            if (!there || there != experiments().locus())
                return; // another gene is shown
            if (!read)
                return showError(read.error());
            std::vector<Variant> changes = withChanges(experiments().requests().whatIf.changes, *read);
            if (const Result<EditList> edits = checkedEdits(there->locus, changes); !edits)
                return showError(edits.error());
            showError(std::nullopt);
            m_strip->setPlace(read->front().position);
            setChanges(tr("Import changes"), std::move(changes));
        });
}

void WhatIfPanel::askToExport() {
    if (session().shown().gene() == nullptr)
        return;
    askForExport(session().jobs(), this,
                 {.title = tr("Write the changes as a VCF"),
                  .proposal = geneFileStem(session().study().get(), *session().shown().gene()) +
                              QStringLiteral(".what-if.vcf"),
                  .suffix = QStringLiteral("vcf"),
                  .filters = {tr("VCF (*.vcf)")}},
                 session().study(), this, [this](const QString& file) { exportVcf(file); });
}

void WhatIfPanel::exportVcf(const QString& file) {
    std::vector<std::pair<std::string, std::string>> notes{{"source", "diploscope"}};
    if (const auto study = session().study())
        notes.emplace_back("reference", study->file().reference.filename().string());
    session().jobs().run<void>(
        {}, {}, JobRunner::Priority::Seen,
        [path = std::filesystem::path(file.toStdString()),
         text = vcfOfSites(experiments().requests().whatIf.changes, notes)](const RunContext&) {
            return writeFileAtomically(path, text, Durability::Durable);
        },
        this,
        [this, file](const Result<void>& written) {
            if (written)
                Q_EMIT saved(file);
            else
                Q_EMIT failed(written.error());
        });
}

} // namespace diploscope::ui
