// SPDX-License-Identifier: GPL-3.0-or-later
#include "export/pdf_file.h"

#include "support.h"

#include <QBuffer>
#include <QPainter>
#include <QPdfWriter>

using namespace diploscope;
using namespace diploscope::ui;

class TestPdfFile : public QObject {
    Q_OBJECT

private Q_SLOTS:
    /// As Qt 6.8 writes one.
    void noPdfHasANumberByChance() {
        QByteArray pdf;
        QBuffer buffer(&pdf);
        QVERIFY(buffer.open(QIODevice::WriteOnly));
        {
            QPdfWriter writer(&buffer);
            QPainter painter(&writer);
            painter.drawLine(0, 0, 100, 100);
        }
        const QSizeF page(595, 842);
        const auto plain = settledPdf(pdf, page);
        DS_VERIFY(plain);
        QVERIFY(!plain->contains("/ID ["));
        if (!pdf.contains("/ID [")) { // after the cross-references, so that these still hold
            const qsizetype trailer = pdf.lastIndexOf("trailer\n<<\n");
            QVERIFY(trailer > 0);
            pdf.insert(trailer + 11, "/ID [ <3132> <3132> ]\n");
        }
        const auto numbered = settledPdf(pdf, page);
        DS_VERIFY(numbered);
        QCOMPARE(*numbered, *plain);
    }
};

QTEST_MAIN(TestPdfFile)
#include "tst_pdf_file.moc"
