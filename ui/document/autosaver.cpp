// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/autosaver.h"

#include "base/log.h"
#include "document/session_file.h"

#include <optional>
#include <system_error>
#include <utility>

namespace diploscope::ui {

namespace {

constexpr int pauseMs = 500;

struct LeftSession {
    std::filesystem::path file;
    Document document;
};

} // namespace

Autosaver::Autosaver(JobRunner& jobs, const DocumentStack& documents, QObject* parent)
    : QObject(parent), m_jobs(jobs), m_documents(documents), m_keeper(jobs) {
    m_pause.setSingleShot(true);
    m_pause.setInterval(pauseMs);
    connect(&m_pause, &QTimer::timeout, this, &Autosaver::write);
}

void Autosaver::begin() {
    connect(&m_documents, &DocumentStack::changed, &m_pause, [this] {
        if (!m_pause.isActive())
            m_pause.start();
    });
    look();
}

void Autosaver::end() {
    disconnect(&m_documents, nullptr, &m_pause, nullptr);
    m_pause.stop();
    m_keeper.keep([left = m_found] {
        std::error_code ignored;
        std::filesystem::remove(autosaveFile(), ignored);
        if (!left.empty())
            std::filesystem::remove(left, ignored);
    });
}

void Autosaver::write() {
    m_keeper.keep([document = m_documents.shared()] {
        std::error_code ignored;
        if (document->study.empty())
            std::filesystem::remove(autosaveFile(), ignored);
        else if (const Result<void> written = writeSession(*document, autosaveFile()); !written)
            logError(written.error());
    });
}

void Autosaver::look() {
    using Left = std::optional<LeftSession>;
    m_jobs.run<Left>(
        {}, {}, JobRunner::Priority::Background,
        [](const RunContext&) -> Result<Left> {
            const std::optional<std::filesystem::path> file = leftAutosave();
            if (!file)
                return Left();
            DS_ASSIGN(Document document, readSession(*file));
            return Left(LeftSession{*file, std::move(document)});
        },
        this,
        [this](const Result<Left>& left) {
            if (!left || !*left)
                return;
            m_found = (*left)->file;
            Q_EMIT found(m_found, (*left)->document);
        });
}

} // namespace diploscope::ui
