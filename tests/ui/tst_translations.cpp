// SPDX-License-Identifier: GPL-3.0-or-later
// Every text of the window is in every translation, and says the same to the program: its places for values,
// its keys, its tags.
#include "support.h"

#include "analysis/column_glossary.h"
#include "figures/figure_registry.h"
#include "model/model_kinds.h"
#include "sequence/genotype_counts.h"
#include "stats/verdict.h"
#include "ts_file.h"
#include "viewmodels/core_column_texts.h"
#include "viewmodels/core_texts.h"

#include <QDir>
#include <QDirIterator>
#include <QProcess>
#include <QRegularExpression>

#include <algorithm>
#include <set>

using namespace diploscope;
using namespace diploscope::ui;
using namespace diploscope::test;

namespace {

const QString root = QStringLiteral(DIPLOSCOPE_TEST_DATA "/..");

QStringList allOf(const QString& pattern, const QString& text) {
    QStringList found;
    auto matches = QRegularExpression(pattern).globalMatch(text);
    while (matches.hasNext())
        found << matches.next().captured();
    found.sort();
    return found;
}

/// What has to be the same in a text and its translation: what the program puts in, tags, lines, keys behind
/// a tab, patterns of files, blanks at both ends where texts are joined, and the dots of what asks for more.
QStringList framesOf(const QString& text) {
    QStringList frames = allOf(QStringLiteral("%L?\\d|%n"), text) + allOf(QStringLiteral("<[^>]*>"), text) +
                         allOf(QStringLiteral("\\n"), text) + allOf(QStringLiteral("\\(\\*[^)]*\\)"), text);
    if (text.contains(u'\t') && text.section(u'\t', 1).contains(u'+'))
        frames << text.section(u'\t', 1);
    for (const QString& edge : {QStringLiteral("^\\s+"), QStringLiteral("\\s+$"), QStringLiteral("…$")})
        frames << allOf(edge, text).join(QString());
    return frames;
}

/// How many letters the text underlines.
qsizetype keysOf(const QString& text) {
    return text.contains(u'<') ? 0 : allOf(QStringLiteral("&\\p{L}"), text).size();
}

} // namespace

class TestTranslations : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void files_data() {
        QTest::addColumn<QString>("file");
        const QDir folder(root + QStringLiteral("/resources/translations"));
        const QStringList names = folder.entryList({QStringLiteral("*.ts")});
        QVERIFY(!names.isEmpty());
        for (const QString& name : names)
            QTest::newRow(qPrintable(name)) << folder.filePath(name);
    }

    void everyTextIsTranslated_data() { files_data(); }
    void everyTextIsTranslated() {
        QFETCH(QString, file);
        const TemporaryFolder folder;
        const QString copy = QString::fromStdString((folder / "diploscope_of_now.ts").string());
        QVERIFY(QFile::copy(file, copy));
        QVERIFY(QFile::setPermissions(copy, QFile::ReadOwner | QFile::WriteOwner));
        QProcess lupdate;
        lupdate.setWorkingDirectory(root);
        lupdate.start(QStringLiteral(DIPLOSCOPE_LUPDATE),
                      {QStringLiteral("-silent"), QStringLiteral("-no-obsolete"),
                       QStringLiteral("-locations"), QStringLiteral("none"), QStringLiteral("ui"),
                       QStringLiteral("app/gui"), QStringLiteral("-I"), QStringLiteral("ui"),
                       QStringLiteral("-ts"), copy});
        QVERIFY(lupdate.waitForFinished(120'000) && lupdate.exitCode() == 0);
        QCOMPARE(lupdate.readAllStandardError(), QByteArray()); // a class without Q_OBJECT, and the like
        const std::vector<TsMessage> now = readTs(copy);
        const std::vector<TsMessage> known = readTs(file);
        QVERIFY(now.size() > 1000);
        // tr() asks with the whole name of its class.
        static const std::set<QString> free{QStringLiteral("Counted"), QStringLiteral("QObject"),
                                            QStringLiteral("StudyDraft"), QStringLiteral("core")};
        for (const TsMessage& message : now)
            QVERIFY2(free.contains(message.context) ||
                         message.context.startsWith(QStringLiteral("diploscope::ui::")),
                     qPrintable(message.context));
        const auto nameOf = [](const TsMessage& message) {
            return message.context + QStringLiteral(": ") + message.source;
        };
        QStringList missing;
        std::set<QString> names;
        for (const TsMessage& message : now) {
            names.insert(nameOf(message));
            if (!message.finished || std::any_of(message.translations.begin(), message.translations.end(),
                                                 [](const QString& text) { return text.isEmpty(); }))
                missing << nameOf(message);
        }
        QVERIFY2(missing.isEmpty(),
                 qPrintable(QStringLiteral("run packaging/translations.sh and translate:\n") +
                            missing.join(u'\n')));
        QStringList gone;
        for (const TsMessage& message : known)
            if (!names.contains(nameOf(message)))
                gone << nameOf(message);
        QVERIFY2(gone.isEmpty(),
                 qPrintable(QStringLiteral("run packaging/translations.sh, as these are gone:\n") +
                            gone.join(u'\n')));
    }

    void translationsFitTheirTexts_data() { files_data(); }
    void translationsFitTheirTexts() {
        QFETCH(QString, file);
        QStringList faults;
        for (const TsMessage& message : readTs(file))
            for (const QString& text : message.translations)
                if (framesOf(text) != framesOf(message.source) || keysOf(text) != keysOf(message.source))
                    faults << message.context + QStringLiteral(": ") + message.source +
                                  QStringLiteral(" → ") + text;
        QVERIFY2(faults.isEmpty(), qPrintable(faults.join(u'\n')));
    }

    /// core knows no tr(): what it says in fixed words is listed, and nothing else is.
    void wordsOfCoreAreListed() {
        std::set<std::string_view> listed(coreTexts.begin(), coreTexts.end());
        listed.insert(columnTexts.begin(), columnTexts.end());
        QCOMPARE(listed.size(), coreTexts.size() + columnTexts.size());
        std::set<std::string> said;
        for (const GlossaryTable& table : columnGlossary())
            if (table.name == "genes.tsv" || table.name == "drivers.tsv" ||
                table.name == "GENE.drivers.tsv" || table.name == "GENE.variants.tsv")
                for (const ColumnText& column : table.columns) {
                    said.emplace(column.title);
                    said.emplace(column.meaning);
                }
        for (const GenotypeCountName& name : genotypeCountNames()) {
            said.emplace(name.one);
            said.emplace(name.many);
        }
        for (const Standing standing :
             {Standing::Supported, Standing::Unsupported, Standing::Undecidable, Standing::Undefined})
            said.emplace(toText(standing));
        for (const FigureKind kind : FigureKinds)
            for (const FigureEntry& figure : figuresOf(kind))
                said.emplace(figure.title);
        said.insert(anyKind([](const ModelKind& kind) { return kind.fastIsOnDevice(); }));
        QVERIFY(said.size() > 150);
        QDirIterator files(root + QStringLiteral("/core"), {QStringLiteral("*.cpp")}, QDir::Files,
                           QDirIterator::Subdirectories);
        // "Reading genotypes": what a job is at, as a phrase by itself or as all that report() is told.
        const QRegularExpression stage(QStringLiteral("\\b(?:report|stage)\\(\\s*\"([^\"]*)\"\\s*[,)]|"
                                                      "\"([A-Z][a-z]+ing [\\w ()']{0,50}[\\w)])\""));
        while (files.hasNext()) {
            QFile source(files.next());
            QVERIFY(source.open(QIODevice::ReadOnly));
            auto matches = stage.globalMatch(QString::fromUtf8(source.readAll()));
            while (matches.hasNext())
                said.insert(matches.next().capturedTexts().back().toStdString());
        }
        QStringList missing;
        for (const std::string& text : said)
            if (!listed.contains(text))
                missing << QString::fromStdString(text);
        QVERIFY2(missing.isEmpty(),
                 qPrintable(QStringLiteral("add to ui/viewmodels/core_texts.h or core_column_texts.h:\n") +
                            missing.join(u'\n')));
    }
};

QTEST_GUILESS_MAIN(TestTranslations)
#include "tst_translations.moc"
