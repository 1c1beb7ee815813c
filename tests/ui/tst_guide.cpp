// SPDX-License-Identifier: GPL-3.0-or-later
// The guide by itself: its pages, where its links lead, and what it is exported as. The dialog is tested by
// tst_help_menu.
#include "guide/guide_document.h"
#include "guide/guide_export.h"
#include "guide/guide_pages.h"
#include "support.h"

#include <QRegularExpression>
#include <QTextBlock>
#include <QTextDocument>

#include <algorithm>
#include <set>

using namespace diploscope;
using namespace diploscope::ui;

namespace {

/// Anchors of the headings of a page.
QStringList anchorsOf(const QString& page) {
    QTextDocument document;
    document.setMarkdown(guideText(page));
    QStringList anchors;
    for (QTextBlock block = document.begin(); block.isValid(); block = block.next())
        if (block.blockFormat().headingLevel() > 0)
            anchors << guideAnchor(block.text());
    return anchors;
}

QStringList linksOf(const QString& page) {
    QTextDocument document;
    document.setMarkdown(guideText(page));
    QStringList links;
    for (QTextBlock block = document.begin(); block.isValid(); block = block.next())
        for (QTextBlock::iterator i = block.begin(); !i.atEnd(); ++i)
            if (const QString link = i.fragment().charFormat().anchorHref(); !link.isEmpty())
                links << link;
    return links;
}

QStringList captures(const QString& text, const char* pattern) {
    QStringList all;
    for (auto i = QRegularExpression(QString::fromLatin1(pattern)).globalMatch(text); i.hasNext();)
        all << i.next().captured(1);
    return all;
}

} // namespace

class TestGuide : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyPageHasATitle() {
        QVERIFY(guidePages().size() >= 13);
        for (const QString& page : guidePages()) {
            QTextDocument document;
            document.setMarkdown(guideText(page));
            QVERIFY2(document.begin().blockFormat().headingLevel() == 1, qPrintable(page));
        }
        QVERIFY(guideText(QStringLiteral("no-page")).isEmpty());
        QVERIFY(guideText(QStringLiteral("../icons/check-dark.svg")).isEmpty());
    }

    void anchorsAreGitHubs() {
        QCOMPARE(guideAnchor(QStringLiteral("12. Ablation, turns, waterfall")),
                 QString("12-ablation-turns-waterfall"));
        QCOMPARE(guideAnchor(QStringLiteral("6. Effects of single variants: ISM and gradients")),
                 QString("6-effects-of-single-variants-ism-and-gradients"));
        QCOMPARE(guideAnchor(QStringLiteral("`model.json`")), QString("modeljson"));
        QCOMPARE(guideAnchor(QStringLiteral("Do effects add up?")), QString("do-effects-add-up"));
    }

    void linksAreRead() {
        QCOMPARE(guidePlace(QStringLiteral("methods.md#3-scores")).page, QString("methods"));
        QCOMPARE(guidePlace(QStringLiteral("methods.md#3-scores")).anchor, QString("3-scores"));
        QCOMPARE(guidePlace(QStringLiteral("#x"), QStringLiteral("window")).page, QString("window"));
        QCOMPARE(guidePlace(QStringLiteral("../../models/README.md")).page, QString("models"));
        for (const char* elsewhere : {"https://a.org/methods.md", "../methods.md", "/etc/methods.md", "a.md"})
            QVERIFY2(guidePlace(QString::fromLatin1(elsewhere)).page.isEmpty(), elsewhere);
    }

    void noLinkIsDead() {
        int within = 0;
        for (const QString& page : guidePages())
            for (const QString& link : linksOf(page)) {
                if (link.startsWith(QLatin1String("https://")))
                    continue;
                const GuidePlace place = guidePlace(link, page);
                QVERIFY2(!place.page.isEmpty(), qPrintable(page + ": " + link));
                QVERIFY2(place.anchor.isEmpty() || anchorsOf(place.page).contains(place.anchor),
                         qPrintable(page + ": " + link));
                ++within;
            }
        QVERIFY(within > 30);
    }

    /// One file without anything else, whose links lead somewhere.
    void htmlIsWhole() {
        const Result<QByteArray> made = guideHtml({});
        DS_VERIFY(made);
        const QString html = QString::fromUtf8(*made);
        const QStringList ids = captures(html, " id=\"([^\"]*)\"");
        const std::set<QString> known(ids.begin(), ids.end());
        QCOMPARE(static_cast<qsizetype>(known.size()), ids.size());
        const QStringList links = captures(html, "href=\"#([^\"]*)\"");
        QVERIFY(links.size() > ids.size()); // each heading in front, and links between pages
        for (const QString& link : links)
            QVERIFY2(known.contains(link), qPrintable(link));
        for (const QString& link : captures(html, "href=\"([^#\"][^\"]*)\""))
            QVERIFY2(link.startsWith(QLatin1String("https://")), qPrintable(link));
        const QStringList pictures = captures(html, "<img src=\"([^\"]{0,40})");
        QVERIFY(pictures.size() > 20);
        for (const QString& picture : pictures)
            QVERIFY2(picture.startsWith(QLatin1String("data:image/png;base64,iVBOR")), qPrintable(picture));
        for (const char* words : {"<table>", "pearson_r", "<pre>"})
            QVERIFY2(html.contains(QString::fromLatin1(words)), words);
    }

    void pdfIsWhole() {
        const Result<QByteArray> made = guidePdf({});
        DS_VERIFY(made);
        QVERIFY(made->startsWith("%PDF-"));
        const Result<QByteArray> again = guidePdf({});
        DS_VERIFY(again);
        QVERIFY(*made == *again);
        QVERIFY(made->count("/Type /Page\n") + made->count("/Type /Page ") > 25);
    }

    void aStopEndsBoth() {
        std::stop_source stop;
        stop.request_stop();
        RunContext context;
        context.stop = stop.get_token();
        const Result<QByteArray> html = guideHtml(context), pdf = guidePdf(context);
        QVERIFY(!html && !pdf);
        QCOMPARE(html.error().kind, ErrorKind::Cancelled);
        QCOMPARE(pdf.error().kind, ErrorKind::Cancelled);
    }

    /// Lines of a fenced block stand directly below each other.
    void codeIsOneBlock() {
        const auto document = guideDocument(QStringLiteral("own-files"), QFont());
        int lines = 0;
        for (QTextBlock block = document->begin(); block.isValid(); block = block.next())
            if (block.text().startsWith(QLatin1String("> ")) && block.text() != QLatin1String("> END")) {
                QCOMPARE(block.blockFormat().bottomMargin(), 0.0);
                ++lines;
            }
        QVERIFY(lines > 5);
    }
};

QTEST_MAIN(TestGuide)
#include "tst_guide.moc"
