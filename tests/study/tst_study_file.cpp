// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/study_file.h"

#include "study/study.h"
#include "support.h"

using namespace diploscope;
using namespace diploscope::test;
namespace fs = std::filesystem;

namespace {

const std::string Minimal = R"({"schema": 1, "name": "n", "build": "GRCh37", "reference": "r.fa",
 "annotation": "a.gtf", "genotypes": "g.vcf.gz", "expression": "e.bed")";

/// A study file with the required keys and `more`.
std::string with(const std::string& more) {
    return Minimal + (more.empty() ? "" : ",\n " + more) + "}\n";
}

std::string allOf(const std::vector<Error>& problems) {
    std::string text;
    for (const Error& problem : problems)
        text += problem.message() + "\n";
    return text;
}

} // namespace

class TestStudyFile : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsDefaults() {
        const TemporaryFolder folder;
        writeText(folder / "s.study.json", with(""));
        std::vector<Error> problems;
        const auto study = readStudyFile(folder / "s.study.json", problems);
        QVERIFY2(study.has_value(), allOf(problems).c_str());
        QCOMPARE(study->name, std::string("n"));
        QCOMPARE(study->reference, folder / "r.fa");
        QCOMPARE(study->genotypes, (folder / "g.vcf.gz").string());
        QVERIFY(study->transform == ExpressionTransform::None);
        QVERIFY(!study->covariates && !study->sampleMap && study->models.empty());
        QVERIFY(study->options.variants == VariantMode::Snv);
        QVERIFY(study->options.unphased == UnphasedRule::Refuse);
        QVERIFY(study->options.allele == AlleleConvention::Alternate);
    }

    void readsEverything() {
        const TemporaryFolder folder;
        const std::string text = R"({"schema": 1, "name": "GEUVADIS chr22", "build": "GRCh37",
            "reference": "/data/r.fa", "annotation": "sub/../a.gtf", "genotypes": "g.{chrom}.bcf",
            "expression": "../e.bed", "expression_transform": "rank-normal", "covariates": "c.txt",
            "sample_map": null, "predixcan": ["p.db"], "fine_mapping": ["f1", "f2"], "eqtl": [], "tracks": ["t/peaks.bed", "/t.vcf"],
            "motifs": ["m.meme"], "chain": ["c.chain"],
            "models": ["../models/xpresso"],
            "options": {"variants": "snv+indel", "unphased": "as-listed", "allele": "minor"}})";
        writeText(folder / "in/s.study.json", text);
        std::vector<Error> problems;
        const auto study = readStudyFile(folder / "in/s.study.json", problems);
        QVERIFY2(study.has_value(), allOf(problems).c_str());
        QCOMPARE(study->reference, fs::path("/data/r.fa"));
        QCOMPARE(study->tracks, (std::vector<fs::path>{folder / "in/t/peaks.bed", "/t.vcf"}));
        QCOMPARE(study->motifs, (std::vector<fs::path>{folder / "in/m.meme"}));
        QCOMPARE(study->chains, (std::vector<fs::path>{folder / "in/c.chain"}));
        QCOMPARE(study->annotation, folder / "in/a.gtf");
        QCOMPARE(study->genotypes, (folder / "in/g.{chrom}.bcf").string());
        QCOMPARE(study->expression, folder / "e.bed");
        QVERIFY(study->transform == ExpressionTransform::RankNormal);
        QCOMPARE(*study->covariates, folder / "in/c.txt");
        QVERIFY(!study->sampleMap);
        QCOMPARE(study->fineMapping.size(), size_t(2));
        QCOMPARE(study->models.at(0), folder / "models/xpresso");
        QVERIFY(study->options.variants == VariantMode::SnvAndIndel);
        QVERIFY(study->options.unphased == UnphasedRule::AsListed);
        QVERIFY(study->options.allele == AlleleConvention::Minor);
    }

    void publishedStudyNeedsNoOtherFile() {
        const TemporaryFolder folder;
        StudyFile made;
        made.name = "n";
        made.build = "GRCh38";
        made.published = folder / "results.sqlite";
        made.saturation = folder / "saturation.tsv.gz";
        made.tssStatistics = folder / "stats.txt";
        DS_VERIFY(writeStudyFile(made, folder / "p.study.json"));
        std::vector<Error> problems;
        const auto study = readStudyFile(folder / "p.study.json", problems);
        QVERIFY2(study.has_value(), problems.empty() ? "" : problems.front().message().c_str());
        QCOMPARE(study->published->filename().string(), std::string("results.sqlite"));
        QCOMPARE(study->saturation->filename().string(), std::string("saturation.tsv.gz"));
        QCOMPARE(study->tssStatistics->filename().string(), std::string("stats.txt"));
        QVERIFY(study->genotypes.empty());
    }

    /// What is gone is left out and told, and what is known of the study's file no longer names it.
    void publishedStudyWithoutItsSaturation() {
        const TemporaryFolder folder;
        writeText(folder / "results.sqlite", "results");
        StudyFile made;
        made.name = "n";
        made.build = "GRCh38";
        made.published = folder / "results.sqlite";
        made.saturation = folder / "gone.tsv.gz";
        made.tssStatistics = folder / "gone.txt";
        DS_VERIFY(writeStudyFile(made, folder / "p.study.json"));
        const StudyCheck check = openStudy(folder / "p.study.json");
        QVERIFY(check.study != nullptr && check.file);
        QVERIFY(!check.study->file().saturation && !check.file->saturation && !check.file->tssStatistics);
        QCOMPARE(check.leftOut.size(), size_t{2});
        for (const Error& error : check.leftOut) {
            QVERIFY2(error.where.find("gone") != std::string::npos, error.where.c_str());
            QVERIFY2(error.remedy.find("--saturation") != std::string::npos, error.remedy.c_str());
        }
    }

    void refuses_data() {
        QTest::addColumn<std::string>("text");
        QTest::addColumn<QString>("where");
        QTest::addColumn<QString>("what");
        QTest::addColumn<QString>("remedy");
        QTest::addColumn<int>("kind");
        const auto row = [](const char* name, const std::string& text, const char* where, const char* what,
                            const char* remedy, ErrorKind kind = ErrorKind::BadInput) {
            QTest::newRow(name) << text << QString(where) << QString(what) << QString(remedy) << int(kind);
        };
        row("empty", "", "line 1, column 1", "not valid JSON", "bracket");
        row("comma missing", "{\n \"schema\": 1\n \"name\": \"n\"}", "line 3, column", "not valid JSON",
            "comma");
        row("comma too many", "{\n \"schema\": 1,\n}", "line 3, column 1", "not valid JSON", "comma");
        row("cut off", Minimal, "line 2", "not valid JSON", "bracket");
        row("not UTF-8", "{\"name\": \"\xff\"}", "line 1", "not valid JSON", "");
        row("number beyond any", "{\"schema\": 1e400}", "line 1, column 17", "1e400", "comma");
        row("200 kB of lists", std::string(200'000, '['), "line 1, column 65", "more than 64 deep", "");
        row(
            "200 kB of objects",
            [] {
                std::string nested;
                while (nested.size() < 200'000)
                    nested += "{\"a\":";
                return nested;
            }(),
            "line 1, column 321", "more than 64 deep", "");
        row("17 MB", "\"" + std::string(17 << 20, 'a') + "\"", "s.study.json", "at most that many", "");
        row("a list", "[]", "s.study.json", "a list", "{");
        row("key twice", with("\"name\": \"m\""), "key `name`", "more than once", "Keep one");
        row("option twice", with(R"("options": {"allele": "alt", "allele": "minor"})"),
            "key `options.allele`", "more than once", "Keep one");
        row("misspelt key", with("\"expresion_transform\": \"none\""), "key `expresion_transform`",
            "not known", "Did you mean `expression_transform`");
        row("unknown key", with("\"zzzzzzzz\": 1"), "key `zzzzzzzz`", "not known", "`schema`");
        row("misspelt option", with(R"("options": {"variant": "snv"})"), "key `options.variant`", "not known",
            "Did you mean `options.variants`");
        row("wrong word", with("\"expression_transform\": \"log2+1\""), "key `expression_transform`",
            "`log2+1`", "Did you mean `log2p1`");
        row("wrong word, nothing near", with("\"expression_transform\": \"tpm\""),
            "key `expression_transform`", "`none`, `log2p1` and `rank-normal`", "one of these");
        row("wrong option", with(R"("options": {"unphased": "refused"})"), "key `options.unphased`",
            "`refused`", "Did you mean `refuse`");
        row("option of wrong type", with(R"("options": {"allele": 1})"), "key `options.allele`", "a number",
            "quotes");
        row("options of wrong type", with(R"("options": ["snv"])"), "key `options`", "a list", "options");
        row("number for text", with("\"covariates\": 5"), "key `covariates`", "a number", "quotes");
        row("text for list", with("\"models\": \"xpresso\""), "key `models`", "a list", "[");
        row("list of numbers", with("\"models\": [1]"), "key `models`", "a list", "[");
        row("misspelt key of a model", with(R"("models": [{"folder": "m", "traks": "1"}])"),
            "key `models[0].traks`", "not known", "`models[0].tracks`");
        row("past the study", with(R"("models": [{"folder": "m", "own_score": true}])"),
            "key `models[0].own_score`", "not known", "Known keys");
        row("model without folder", with(R"("models": [{"tracks": "1"}])"), "key `models[0].folder`",
            "missing", "Add");
        row("shifts too large", with(R"("models": [{"folder": "m", "shifts": 1000}])"),
            "key `models[0].shifts`", "1000", "from 0 to 100");
        row("strands as text", with(R"("models": [{"folder": "m", "reverse_complement": "yes"}])"),
            "key `models[0].reverse_complement`", "text", "true or false");
        row("head and tracks", with(R"("models": [{"folder": "m", "head": "h.csv", "tracks": "1"}])"),
            "key `models[0].head`", "which tracks", "either");
        row("model twice", with(R"("models": ["m", {"folder": "m", "bins": "1"}])"), "key `models[1].folder`",
            "already", "once");
        row("empty text", with("\"sample_map\": \"\""), "key `sample_map`", "is empty", "remove");
        row("future schema", "{\"schema\": 2," + Minimal.substr(13) + "}", "key `schema`", "schema 2",
            "newer", ErrorKind::Unsupported);
        row("schema as text", "{\"schema\": \"1\"," + Minimal.substr(13) + "}", "key `schema`", "must be 1",
            "schema");
        row("schema 0", "{\"schema\": 0," + Minimal.substr(13) + "}", "key `schema`", "must be 1", "schema");
        row("null for a required key",
            R"({"schema": 1, "name": null, "build": "b", "reference": "r", "annotation": "a",
            "genotypes": "g", "expression": "e"})",
            "key `name`", "missing", "Add");
        row("wrong placeholder",
            R"({"schema": 1, "name": "n", "build": "b", "reference": "r", "annotation": "a", "genotypes": "g.{chr}.vcf.gz",
            "expression": "e"})",
            "key `genotypes`", "`{chr}`", "{chrom}");
        row("saturation without published tables",
            R"({"schema": 1, "name": "n", "build": "b", "reference": "r", "annotation": "a", "genotypes": "g",
                "expression": "e", "published_saturation": "s"})",
            "key `published_saturation`", "published tables", "Remove");
        row("published tables and expression",
            R"({"schema": 1, "name": "n", "build": "b", "published": "t", "expression": "e"})",
            "key `expression`", "published", "Remove");
    }
    void refuses() {
        QFETCH(std::string, text);
        QFETCH(QString, where);
        QFETCH(QString, what);
        QFETCH(QString, remedy);
        QFETCH(int, kind);
        const TemporaryFolder folder;
        writeText(folder / "s.study.json", text);
        std::vector<Error> problems;
        QVERIFY(!readStudyFile(folder / "s.study.json", problems));
        QVERIFY2(problems.size() == 1, allOf(problems).c_str()); // and nothing that merely follows from it
        const Error& problem = problems.front();
        QCOMPARE(int(problem.kind), kind);
        QVERIFY2(problem.where.find(where.toStdString()) != std::string::npos, problem.where.c_str());
        QVERIFY2(problem.where.find("s.study.json") != std::string::npos, problem.where.c_str());
        QVERIFY2(problem.what.find(what.toStdString()) != std::string::npos, problem.what.c_str());
        QVERIFY2(problem.remedy.find(remedy.toStdString()) != std::string::npos, problem.remedy.c_str());
        QVERIFY(!problem.remedy.empty());
    }

    void reportsAllAtOnce() {
        const TemporaryFolder folder;
        writeText(
            folder / "s.study.json",
            R"({"schema": 1, "nam": "n", "build": 37, "reference": "r.fa", "annotation": "", "models": {},
                      "options": {"variants": "all", "colour": "red"}})");
        std::vector<Error> problems;
        QVERIFY(!readStudyFile(folder / "s.study.json", problems));
        const std::string text = allOf(problems);
        for (const char* key : {"`nam`", "`name`", "`build`", "`annotation`", "`genotypes`", "`expression`",
                                "`models`", "`options.variants`", "`options.colour`"})
            QVERIFY2(text.find(std::string("key ") + key) != std::string::npos,
                     (key + ("\n" + text)).c_str());
        QCOMPARE(problems.size(), size_t(9));
    }

    void refusesFiles() {
        const TemporaryFolder folder;
        std::vector<Error> problems;
        QVERIFY(!readStudyFile(folder / "none.study.json", problems));
        QVERIFY(!readStudyFile(folder.path(), problems));
        QCOMPARE(problems.size(), size_t(2));
        QCOMPARE(problems[0].kind, ErrorKind::NotFound);
        QCOMPARE(problems[1].kind, ErrorKind::BadInput);
        for (const Error& problem : problems)
            QVERIFY(!problem.remedy.empty());
    }

    void roundTrips() {
        const TemporaryFolder folder;
        StudyFile study;
        study.name = "ünï \"quoted\"";
        study.build = "GRCh38";
        study.reference = folder / "data/r.fa";
        study.annotation = "/elsewhere/a.gtf";
        study.genotypes = (folder / "g.{chrom}.bcf").string();
        study.expression = folder / "studies/e.bed";
        study.transform = ExpressionTransform::Log2Plus1;
        study.covariates = folder / "studies/deep/c.txt";
        study.models = {folder / "models/a", "/opt/models/b"};
        study.scores["/opt/models/b"] = {.tracks = "4980,CAGE:*",
                                         .bins = "447-449",
                                         .aggregate = "sum-log1p",
                                         .targets = folder / "data/targets.txt",
                                         .shifts = 3,
                                         .reverseComplement = false};
        study.scores[folder / "models/a"] = {.head = folder / "models/a/head.csv"};
        study.options = {VariantMode::SnvAndIndel, UnphasedRule::AsListed, AlleleConvention::Minor};
        const fs::path file = folder / "studies/s.study.json";
        DS_VERIFY(writeStudyFile(study, file));

        const auto text = [&] {
            std::ifstream stream(file);
            return std::string(std::istreambuf_iterator<char>(stream), {});
        }();
        for (const char* part :
             {"\"../data/r.fa\"", "\"/elsewhere/a.gtf\"", "\"../g.{chrom}.bcf\"", "\"e.bed\"",
              "\"deep/c.txt\"", "\"../models/a\"", "\"/opt/models/b\"", "\"snv+indel\""})
            QVERIFY2(text.find(part) != std::string::npos, (part + ("\n" + text)).c_str());

        std::vector<Error> problems;
        const auto back = readStudyFile(file, problems);
        QVERIFY2(back.has_value(), allOf(problems).c_str());
        QCOMPARE(back->path, file);
        QCOMPARE(back->name, study.name);
        QCOMPARE(back->reference, study.reference);
        QCOMPARE(back->annotation, study.annotation);
        QCOMPARE(back->genotypes, study.genotypes);
        QCOMPARE(back->expression, study.expression);
        QVERIFY(back->transform == study.transform);
        QVERIFY(back->covariates == study.covariates && !back->sampleMap);
        QCOMPARE(back->models, study.models);
        QVERIFY(back->scores == study.scores);
        // The same folder as a command has it, from where it was called.
        const auto seen = std::filesystem::relative(folder / "models/a", std::filesystem::current_path());
        QVERIFY(seen.is_relative());
        QVERIFY(back->scoreOf(seen) == study.scores.at(folder / "models/a"));
        QVERIFY(back->scoreOf("/opt/models/c").empty());
        QVERIFY(back->options.variants == study.options.variants &&
                back->options.unphased == study.options.unphased &&
                back->options.allele == study.options.allele);
    }

    void refusesToWrite() {
        const TemporaryFolder folder;
        StudyFile study;
        study.reference = "/data/\xff.fa";
        const auto written = writeStudyFile(study, folder / "s.study.json");
        QVERIFY(!written);
        QCOMPARE(written.error().kind, ErrorKind::Unsupported);
        QVERIFY(fs::is_empty(folder.path()));
    }
};

QTEST_GUILESS_MAIN(TestStudyFile)
#include "tst_study_file.moc"
