// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/document.h"

namespace diploscope::ui {

class Session;

/// Asks a session with an open study for the model, the scores and the gene that a document speaks of. Models
/// and scores take a while to open: only another wish than before is one. A gene that the session does not
/// have is left to itself, as are its scores of models that neither document speaks of.
void askSession(Session& session, const Document& before, const Document& now);

} // namespace diploscope::ui
