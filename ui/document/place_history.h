// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "charts/ticks.h"
#include "document/document_stack.h"

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace diploscope::ui {

/// Where one looks: a gene, and what is seen of its locus.
struct Place {
    std::string gene;                ///< its id
    std::optional<AxisRange> region; ///< as Document::region
    friend bool operator==(const Place&, const Place&) = default;
};

/// The same where somebody looks at a place.
[[nodiscard]] inline Document atPlace(Document document, const Place& place) {
    document = ofGene(std::move(document), place.gene);
    document.region = place.region;
    document.page = Document::Page::Gene;
    return document;
}

/// The places looked at, in order, as a browser keeps pages: going somewhere new forgets what lay ahead.
/// Zooming and moving change the place that one is at; jumps and other genes are new ones.
class PlaceHistory {
public:
    /// Somewhere new.
    void visit(Place place) {
        if (!m_places.empty()) {
            if (m_places[m_at] == place)
                return;
            m_places.resize(m_at + 1);
        }
        m_places.push_back(std::move(place));
        m_at = m_places.size() - 1;
    }
    /// The place that one is at is this by now.
    void settle(Place place) {
        if (m_places.empty())
            visit(std::move(place));
        else
            m_places[m_at] = std::move(place);
    }
    /// Undo or redo led there: back or forward where that is next, so that nothing is forgotten; another gene
    /// is somewhere new.
    void returnTo(Place place) {
        if (!m_places.empty() && m_places[m_at] == place)
            return; // what was undone was another thing
        if (canGoBack() && m_places[m_at - 1] == place)
            --m_at;
        else if (canGoForward() && m_places[m_at + 1] == place)
            ++m_at;
        else if (!m_places.empty() && m_places[m_at].gene == place.gene)
            settle(std::move(place));
        else
            visit(std::move(place));
    }
    /// Where a document looks that came in the place of another: nowhere without a gene.
    void follow(const Document& before, const Document& now, DocumentStack::How how) {
        using How = DocumentStack::How;
        if (now.gene.empty())
            return;
        Place here{now.gene, now.region};
        if (how == How::Returned)
            returnTo(std::move(here));
        else if (how == How::Jumped || now.gene != before.gene || now.study != before.study)
            visit(std::move(here));
        else
            settle(std::move(here));
    }
    [[nodiscard]] bool canGoBack() const { return m_at > 0; }
    [[nodiscard]] bool canGoForward() const { return m_at + 1 < m_places.size(); }
    /// \return where to go; only where canGoBack() or canGoForward()
    Place back() { return m_places[--m_at]; }
    Place forward() { return m_places[++m_at]; }
    void clear() {
        m_places.clear();
        m_at = 0;
    }

private:
    std::vector<Place> m_places;
    size_t m_at = 0;
};

} // namespace diploscope::ui
