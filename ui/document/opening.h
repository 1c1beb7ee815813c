// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/document.h"

#include <QString>
#include <QStringList>

#include <cstddef>
#include <functional>
#include <optional>
#include <utility>

namespace diploscope {
struct GeneReport;
class Study;
} // namespace diploscope

namespace diploscope::ui {

class Session;

/// What somebody wants to see of a study that is being opened, until it is there; and what of that the study,
/// or later the report of the gene, turns out not to have. GUI thread.
class Opening {
public:
    using Edit = std::function<void(Document&, const Study&)>;
    struct Wish {
        QString gene{};                    ///< as typed; empty: the session's, or none
        std::optional<Document> session{}; ///< empty: the study by itself
        bool allGenes = false;             ///< analyse them once the first gene is done
        Edit edit{};                       ///< of the document that the window begins with; null: none
    };
    /// In place of whatever was wanted before.
    void want(Wish wish) { m_wish = std::move(wish); }
    /// Beside what else is wanted. \param gene in place of the session's; empty: that one
    void wantSession(Document session, const QString& gene);
    void wantEdit(Edit edit) { m_wish.edit = std::move(edit); }
    void wantAllGenes() { m_wish.allGenes = true; }
    void forget() { m_wish = {}; }

    /// What the window begins with.
    struct Begun {
        Document document;
        QStringList lost{}; ///< what the session showed and the study does not have, in words
        std::optional<QString> noSuchGene{}; ///< that was asked for
    };
    /// The study is open: what was wanted of it is taken. \param session with that study
    /// \param before shown until now, \param fresh as a study by itself begins
    [[nodiscard]] Begun begin(const Session& session, const Document& before, const Document& fresh);

    /// Whether the time has come to analyse all genes, as was wanted: the gene shown is done, or none is.
    /// True once.
    [[nodiscard]] bool turnsToAllGenes(const Session& session);

    /// SNVs that the document speaks of may not be the gene's: its report will say.
    void doubtVariants() { m_doubtful = true; }
    struct Known {
        Document document; ///< without those that the gene does not have
        size_t lost = 0;   ///< how many
        size_t all = 0;    ///< of how many
    };
    /// Nothing where there is no doubt, or still. \param report may be null, or incomplete
    [[nodiscard]] std::optional<Known> settle(const Document& document, const GeneReport* report);

private:
    Wish m_wish;
    bool m_doubtful = false;
};

/// What of a session's document a study does not have is taken out of it: its study may be another one by
/// now. Of SNVs the gene's report will tell. \param document of that study \return what it was, in words
[[nodiscard]] QStringList dropUnknown(Document& document, const Session& session);

} // namespace diploscope::ui
