// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "results/published_saturation.h"
#include "viewmodels/saturation_shown.h"
#include "viewmodels/session.h"

#include <QObject>

#include <memory>
#include <optional>
#include <unordered_map>
#include <vector>

namespace diploscope::ui {

/// The real Enformer's saturation round the paper's drivers, of a study made of published tables: read by a
/// job once somebody looks, and kept while the study is open. GUI thread.
class PublishedSaturations : public QObject {
    Q_OBJECT

public:
    explicit PublishedSaturations(Session& session, QObject* parent = nullptr);

    /// Reads them, also once more where that failed before.
    void setLookedAt(bool lookedAt);
    /// Of the gene shown, by place; empty where there is none, or before they are read.
    [[nodiscard]] std::vector<const DriverSaturation*> drivers() const;
    /// The gene's largest attribution near its TSS, in the effects' unit.
    [[nodiscard]] std::optional<double> largest() const;
    [[nodiscard]] const std::optional<Error>& error() const { return m_error; }
    [[nodiscard]] bool isRead() const { return m_tables != nullptr; }

Q_SIGNALS:
    void changed();

private:
    struct Tables {
        std::vector<DriverSaturation> drivers;
        std::unordered_map<std::string, double> largest;
    };
    void followSession();
    void drop();
    void read();

    Session& m_session;
    bool m_lookedAt = false;
    bool m_reading = false;
    std::shared_ptr<const Study> m_study; ///< that the tables are of
    std::shared_ptr<const Tables> m_tables;
    std::optional<Error> m_error;
};

/// One driver on reference and variant, as saturations made here are shown.
[[nodiscard]] SaturationShown publishedSaturation(const Gene& gene, const DriverSaturation& driver,
                                                  bool centred);
/// What Table S3 says of it; empty without the gene's largest attribution.
[[nodiscard]] std::vector<std::optional<Coherence>> publishedCoherence(const DriverSaturation& driver,
                                                                       const std::optional<double>& largest);

} // namespace diploscope::ui
