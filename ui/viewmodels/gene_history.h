// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <vector>

namespace diploscope::ui {

/// The genes looked at, in order, as a browser keeps pages: going somewhere new forgets what lay ahead.
class GeneHistory {
public:
    void visit(const QString& geneId) {
        if (!m_genes.empty() && m_genes[m_at] == geneId)
            return;
        if (!m_genes.empty())
            m_genes.resize(m_at + 1);
        m_genes.push_back(geneId);
        m_at = m_genes.size() - 1;
    }
    [[nodiscard]] bool canGoBack() const { return m_at > 0; }
    [[nodiscard]] bool canGoForward() const { return m_at + 1 < m_genes.size(); }
    /// \return the gene to show; only where canGoBack() or canGoForward()
    QString back() { return m_genes[--m_at]; }
    QString forward() { return m_genes[++m_at]; }
    void clear() {
        m_genes.clear();
        m_at = 0;
    }

private:
    std::vector<QString> m_genes;
    size_t m_at = 0;
};

} // namespace diploscope::ui
