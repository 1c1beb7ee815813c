// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "viewmodels/genome.h"

#include <QFrame>

class QPushButton;

namespace diploscope::ui {

class WrappedText;

/// Says for as long as a stored run is shown which one it is and how it differs from the current results,
/// and leads back to them; hidden otherwise. GUI thread.
class RunBanner : public QFrame {
    Q_OBJECT

public:
    enum class Form {
        Page, ///< all there is to say, the button on its right
        List, ///< above a narrow list: which run, and what a gene's page is of
    };
    RunBanner(Genome& genome, Form form, QWidget* parent = nullptr);

    [[nodiscard]] QString title() const;
    [[nodiscard]] QString text() const;
    [[nodiscard]] QPushButton& backButton() const { return *m_back; }

private:
    void showRun();

    Genome& m_genome;
    Form m_form;
    WrappedText* m_title;
    WrappedText* m_text;
    QPushButton* m_back;
};

} // namespace diploscope::ui
