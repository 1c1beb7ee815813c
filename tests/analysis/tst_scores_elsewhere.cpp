// SPDX-License-Identifier: GPL-3.0-or-later
// Sequences go out and scores come back: what is written is what the model would read, and an analysis from
// imported scores is that of the model itself, of which nothing is asked any more.
#include "analysis/scores_elsewhere.h"

#include "analysis/effect_background.h"
#include "base/json_text.h"
#include "engines/open_model.h"
#include "io/sequence_list.h"
#include "io/table_writer.h"
#include "io/text_reader.h"
#include "made_study.h"

#include <fstream>
#include <map>
#include <set>

using namespace diploscope;
using namespace diploscope::test;

namespace {

namespace fs = std::filesystem;

/// A weighted sum of what is read, whoever sums it.
double scoreOf(const std::string& bases) {
    double sum = 0;
    for (size_t i = 0; i < bases.size(); ++i)
        sum += std::sin(double(i)) * double(std::string("ACGT").find(bases[i]) + 1);
    return sum;
}

/// The model here: it counts what it is asked.
class Sums : public Predictor {
public:
    explicit Sums(double wrongBy = 0) : m_wrongBy(wrongBy) {
        m_info.name = "Sums";
        m_info.checksum = "sums";
        m_info.input = {2000, 1000, StrandRule::Gene};
    }
    const ModelInfo& info() const override { return m_info; }
    std::string computation(Method) const override { return "fp64"; }
    Result<std::unique_ptr<LocusPredictor>> prepare(const ReferenceWindow& window, const OutputChoice&,
                                                    Method) const override {
        return std::unique_ptr<LocusPredictor>(std::make_unique<Locus>(*this, window));
    }
    mutable int64_t asked = 0;

private:
    class Locus : public LocusPredictor {
    public:
        Locus(const Sums& model, ReferenceWindow window) : m_model(model), m_window(std::move(window)) {}
        Result<Eigen::MatrixXd> predict(std::span<const EditList> sequences, const RunContext&) override {
            Eigen::MatrixXd scores(Eigen::Index(sequences.size()), 1);
            for (size_t i = 0; i < sequences.size(); ++i)
                scores(Eigen::Index(i), 0) = scoreOf(modelInput(m_window, sequences[i])) + m_model.m_wrongBy;
            m_model.asked += int64_t(sequences.size());
            return scores;
        }
        int64_t batchSize() const override { return 7; }

    private:
        const Sums& m_model;
        ReferenceWindow m_window;
    };
    ModelInfo m_info;
    double m_wrongBy;
};

std::map<std::string, std::string> recordsOf(const fs::path& fasta) {
    std::map<std::string, std::string> records;
    auto reader = TextReader::open(fasta);
    std::string name;
    for (std::string_view line; reader && *reader->next(line);)
        if (line.starts_with('>'))
            name = line.substr(1);
        else
            records[name] += line;
    return records;
}

} // namespace

class TestScoresElsewhere : public QObject {
    Q_OBJECT

    TemporaryFolder m_folder;
    std::shared_ptr<const Study> m_study;
    std::shared_ptr<const Sums> m_model = std::make_shared<Sums>();
    int m_number = 0;

    [[nodiscard]] std::vector<const StudyGene*> genes() const {
        std::vector<const StudyGene*> all;
        for (const StudyGene& gene : m_study->genes())
            all.push_back(&gene);
        return all;
    }
    [[nodiscard]] ScoreOptions score(int shifts = 0, bool reverse = false) const {
        ScoreOptions options = defaultScore(m_model->info());
        options.shifts = shifts;
        options.reverseComplement = reverse;
        return options;
    }
    fs::path next(const std::string& name) { return m_folder / (name + std::to_string(++m_number)); }
    Result<SequenceFolder> written(const std::shared_ptr<const Predictor>& model, const ScoreOptions& of,
                                   bool compressed = true) {
        const fs::path folder = next("sequences");
        DS_TRY(writeSequences(*m_study, genes(), {"sums", {}, model, of}, folder, {.compressed = compressed},
                              {}));
        return SequenceFolder::read(folder);
    }
    /// What a stranger makes of the FASTA file.
    static std::string table(const std::map<std::string, std::string>& records, size_t most = 1'000'000) {
        std::string text = "score\tsequence\n";
        for (const auto& [name, bases] : records)
            if (most > 0 && most-- > 0)
                text += numberText(scoreOf(bases)) + "\t" + name + "\n";
        return text;
    }
    Result<ScoresTaken> taken(const SequenceFolder& folder, const fs::path& scores,
                              const std::shared_ptr<const Predictor>& model, const ScoreOptions& of,
                              ScoreCache& cache) {
        return importScores(*m_study, folder, {scores}, model, of, Method::Fast, cache, {});
    }

private Q_SLOTS:
    void initTestCase() {
        const StudyCheck check = openStudy(SmallStudy().write(m_folder));
        QVERIFY2(check.study, check.problems.empty() ? "" : check.problems.front().message().c_str());
        m_study = check.study;
    }

    void analysesAreThoseOfTheModel_data() {
        QTest::addColumn<int>("shifts");
        QTest::addColumn<bool>("reverse");
        QTest::addColumn<bool>("compressed");
        QTest::newRow("one placing") << 0 << false << true;
        QTest::newRow("shifts and strands") << 2 << true << false;
    }
    void analysesAreThoseOfTheModel() {
        QFETCH(const int, shifts);
        QFETCH(const bool, reverse);
        QFETCH(const bool, compressed);
        const ScoreOptions of = score(shifts, reverse);
        const auto folder = written(m_model, of, compressed);
        DS_VERIFY(folder);
        const auto records = recordsOf(folder->folder / (compressed ? "sequences.fa.gz" : "sequences.fa"));
        QVERIFY(records.size() > 12);
        QVERIFY(std::all_of(records.begin(), records.end(),
                            [](const auto& record) { return record.second.size() == 2000; }));
        writeText(folder->folder / "scores.tsv", table(records));
        const auto files = folder->scoreFiles();
        DS_VERIFY(files);

        const auto cache = ScoreCache::open(next("cache"));
        DS_VERIFY(cache);
        m_model->asked = 0;
        const auto found = taken(*folder, files->front(), m_model, of, **cache);
        DS_VERIFY(found);
        QCOMPARE(found->taken, int64_t(records.size()));
        QCOMPARE(found->asked, found->taken);
        QCOMPARE(found->wholeGenes, int64_t(m_study->genes().size()));
        QCOMPARE(found->missing + found->known + found->unasked, 0);
        QVERIFY(found->checked >= 4 && m_model->asked > found->checked); // with the windows' references
        const auto again = taken(*folder, files->front(), m_model, of, **cache);
        DS_VERIFY(again);
        QCOMPARE(again->taken, 0);
        QCOMPARE(again->known, found->taken);

        AnalysisOptions options;
        options.score = of;
        for (const StudyGene& gene : m_study->genes()) {
            m_model->asked = 0;
            const auto report = analyzeGene(*m_study, gene, m_model, *cache, options, {});
            DS_VERIFY(report);
            QCOMPARE(m_model->asked, 0);
            const auto own = analyzeGene(*m_study, gene, m_model, nullptr, options, {});
            DS_VERIFY(own);
            QCOMPARE((*report)->referenceScore, (*own)->referenceScore);
            for (size_t v = 0; v < (*own)->variants.size(); ++v)
                QCOMPARE((*report)->variants[v].ism, (*own)->variants[v].ism);
            for (size_t p = 0; p < (*own)->people.size(); ++p)
                QCOMPARE((*report)->people[p].predicted, (*own)->people[p].predicted);
        }
    }

    /// Each row's edits, applied by hand to the reference's own row, are its bases.
    void rowsSayWhatSequencesAre() {
        const auto folder = written(m_model, score());
        DS_VERIFY(folder);
        const auto records = recordsOf(folder->folder / "sequences.fa.gz");
        auto reader = TextReader::open(folder->folder / "sequences.tsv");
        DS_VERIFY(reader);
        std::map<std::string, std::string> referenceOf; // by gene
        std::set<std::string> strands, kinds;
        int64_t rows = 0;
        std::string_view line;
        QVERIFY(*reader->next(line));
        QCOMPARE(line, std::string_view("sequence\tgene\twindow\tstrand\tshift\toutput\twhat\tedits"));
        while (*reader->next(line)) {
            const QStringList cells =
                QString::fromUtf8(line.data(), qsizetype(line.size())).split(QLatin1Char('\t'));
            QCOMPARE(cells.size(), 8);
            ++rows;
            std::string bases = records.at(cells[0].toStdString());
            const std::string gene = cells[1].toStdString();
            strands.insert(cells[3].toStdString());
            kinds.insert(cells[6].toStdString());
            if (cells[6] == QLatin1String("reference")) {
                QVERIFY(cells[7].isEmpty());
                referenceOf[gene] = bases;
                continue;
            }
            const int64_t start = cells[2].section(u':', 1).section(u'-', 0, 0).toLongLong();
            const bool turned = cells[3] == QLatin1String("-");
            std::string edited = referenceOf.at(gene);
            for (const QString& edit : cells[7].split(u',')) {
                const int64_t at = edit.section(u':', 0, 0).toLongLong() - start;
                const char ref = edit.section(u':', 1).at(0).toLatin1();
                const char alt = edit.section(u'>', 1).at(0).toLatin1();
                const auto other = [](char base) { return "TGCA"[std::string("ACGT").find(base)]; };
                char& base = edited[size_t(turned ? 1999 - at : at)];
                QCOMPARE(base, turned ? other(ref) : ref);
                base = turned ? other(alt) : alt;
            }
            QVERIFY(edited == bases);
        }
        QCOMPARE(rows, int64_t(records.size()));
        QCOMPARE(strands, (std::set<std::string>{"+", "-"}));
        QCOMPARE(kinds, (std::set<std::string>{"reference", "variant", "haplotype"}));
    }

    void missingOnesAreCounted() {
        const auto folder = written(m_model, score());
        DS_VERIFY(folder);
        auto records = recordsOf(folder->folder / "sequences.fa.gz");
        const auto all = int64_t(records.size());
        const std::string stranger(32, 'a');
        writeText(folder->folder / "scores.tsv",
                  table(records, 5) + "1.5\t" + stranger + "\r\nNA\t" + records.rbegin()->first + "\n");
        const auto cache = ScoreCache::open(next("cache"));
        DS_VERIFY(cache);
        const auto found = taken(*folder, folder->folder / "scores.tsv", m_model, score(), **cache);
        DS_VERIFY(found);
        QCOMPARE(found->taken, 5);
        QCOMPARE(found->missing, all - 5);
        QCOMPARE(found->unasked, 1);
        QCOMPARE(found->wholeGenes, 0);
        QCOMPARE(inWords(*found),
                 "5 scores taken, " + std::to_string(all - 5) +
                     " sequences without one (0 of 3 genes are whole), 1 score of other sequences left out");
    }

    /// Those that have a score are left out where that is asked for: the rest and they are all.
    void knownOnesAreLeftOut() {
        const auto folder = written(m_model, score());
        DS_VERIFY(folder);
        const auto records = recordsOf(folder->folder / "sequences.fa.gz");
        writeText(folder->folder / "scores.tsv", table(records, 5));
        const auto cache = ScoreCache::open(next("cache"));
        DS_VERIFY(cache);
        DS_VERIFY(taken(*folder, folder->folder / "scores.tsv", m_model, score(), **cache));
        const auto rest = [&](const fs::path& place) {
            return writeSequences(*m_study, genes(), {"sums", {}, m_model, score()}, place,
                                  {.known = cache->get()}, {});
        };
        const fs::path place = next("rest");
        const auto some = rest(place);
        DS_VERIFY(some);
        QCOMPARE(some->known, 5);
        QCOMPARE(some->sequences, int64_t(records.size()) - 5);
        auto left = recordsOf(place / "sequences.fa.gz");
        QCOMPARE(int64_t(left.size()), some->sequences);
        left.insert(records.begin(), std::next(records.begin(), 5));
        QVERIFY(left == records); // the rest and those five are all

        writeText(place / "scores.tsv", table(records));
        DS_VERIFY(taken(*SequenceFolder::read(place), place / "scores.tsv", m_model, score(), **cache));
        const fs::path nothing = next("nothing");
        const auto none = rest(nothing);
        DS_VERIFY(none);
        QCOMPARE(none->sequences, 0);
        QCOMPARE(none->known, int64_t(records.size()));
        QVERIFY(!fs::exists(nothing));
    }

    void wrongScoresAreRefused_data() {
        QTest::addColumn<QString>("scores");
        QTest::addColumn<QString>("says");
        QTest::newRow("another number") << "?"
                                        << "What was computed elsewhere is";
        QTest::newRow("two scores")
            << "sequence,score\n0123456789abcdef0123456789abcdef,1\n0123456789abcdef0123456789abcdef,2\n"
            << "has two scores, 1 and 2";
        QTest::newRow("no name") << "sequence\tscore\nchr1\t2\n"
                                 << "\"chr1\" is no name of a sequence";
        QTest::newRow("no number") << "sequence\tscore\n0123456789abcdef0123456789abcdef\tmuch\n"
                                   << "line 2";
        QTest::newRow("infinity") << "sequence\tscore\n0123456789abcdef0123456789abcdef\tinf\n"
                                  << "line 2";
        QTest::newRow("no column") << "name\tscore\nx\t1\n"
                                   << "sequence";
        QTest::newRow("of others") << "sequence\tscore\n0123456789abcdef0123456789abcdef\t1\n"
                                   << "None of 1 score is of a sequence that the study asks for";
        QTest::newRow("empty") << ""
                               << "empty";
    }
    void wrongScoresAreRefused() {
        QFETCH(const QString, scores);
        QFETCH(const QString, says);
        const auto folder = written(m_model, score());
        DS_VERIFY(folder);
        std::string text = scores.toStdString();
        if (text == "?") {
            text = "sequence\tscore\n";
            for (const auto& [name, bases] : recordsOf(folder->folder / "sequences.fa.gz"))
                text += name + "\t" + numberText(scoreOf(bases) * 1.001) + "\n";
        }
        writeText(folder->folder / "scores.csv", text);
        const auto cache = ScoreCache::open(next("cache"));
        DS_VERIFY(cache);
        const auto found = taken(*folder, folder->folder / "scores.csv", m_model, score(), **cache);
        QVERIFY(!found);
        QVERIFY2(QString::fromStdString(found.error().message()).contains(says),
                 found.error().message().c_str());
        QCOMPARE((*cache)->info()->entries, 0);
    }

    /// Windows whose references nobody has scored are compared, too.
    void wrongScoresWithoutReferencesAreRefused() {
        const auto folder = written(m_model, score());
        DS_VERIFY(folder);
        auto reader = TextReader::open(folder->folder / "sequences.tsv");
        DS_VERIFY(reader);
        const auto records = recordsOf(folder->folder / "sequences.fa.gz");
        std::string right = "sequence\tscore\n", doubled = right;
        std::string_view line;
        QVERIFY(*reader->next(line));
        while (*reader->next(line)) {
            if (line.find("\treference\t") != std::string_view::npos)
                continue;
            const std::string name(line.substr(0, 32));
            right += name + "\t" + numberText(scoreOf(records.at(name))) + "\n";
            doubled += name + "\t" + numberText(2 * scoreOf(records.at(name))) + "\n";
        }
        const auto cache = ScoreCache::open(next("cache"));
        DS_VERIFY(cache);
        const fs::path scores = folder->folder / "scores.tsv";
        writeText(scores, doubled);
        QCOMPARE(taken(*folder, scores, m_model, score(), **cache).error().kind, ErrorKind::Mismatch);
        QCOMPARE((*cache)->info()->entries, 0);
        writeText(scores, right);
        const auto found = taken(*folder, scores, m_model, score(), **cache);
        DS_VERIFY(found);
        QCOMPARE(found->missing, int64_t(m_study->genes().size())); // the references
        QVERIFY(found->checked > 0);
    }

    /// Two jobs of one program that write the same folder leave one of theirs, whole.
    void twoJobsOfOneFolder() {
        const fs::path folder = next("sequences");
        RunContext context;
        bool isFirst = true;
        context.onProgress = [&](const Progress& progress) {
            if (progress.stage != "Writing sequences" || progress.done != 1 || !std::exchange(isFirst, false))
                return;
            std::stop_source stop; // another one begins, and is stopped
            RunContext other;
            other.stop = stop.get_token();
            stop.request_stop();
            QVERIFY(!writeSequences(*m_study, genes(), {"sums", {}, m_model, score()}, folder, {}, other));
        };
        const auto written =
            writeSequences(*m_study, genes(), {"sums", {}, m_model, score()}, folder, {}, context);
        DS_VERIFY(written);
        QVERIFY(!isFirst);
        QCOMPARE(int64_t(recordsOf(folder / "sequences.fa.gz").size()), written->sequences);
    }

    void foldersOfOthersAreRefused() {
        const auto folder = written(m_model, score());
        DS_VERIFY(folder);
        const auto cache = ScoreCache::open(next("cache"));
        DS_VERIFY(cache);
        const fs::path scores = folder->folder / "scores.tsv";
        writeText(folder->folder / "scores.py", "print('sequence')");
        QCOMPARE(folder->scoreFiles().error().kind, ErrorKind::NotFound);
        writeText(scores, table(recordsOf(folder->folder / "sequences.fa.gz")));
        const auto other = taken(*folder, scores, m_model, score(1), **cache);
        QVERIFY(!other);
        QVERIFY(other.error().what.find("another score") != std::string::npos);
        QCOMPARE(taken(*folder, scores, std::make_shared<Linear>(), score(), **cache).error().kind,
                 ErrorKind::Mismatch);
        QCOMPARE(SequenceFolder::read(m_folder / "nothing").error().kind, ErrorKind::NotFound);
        for (const char* text : {"{", "[]", "{}", R"({"schema": 1, "study": 3})", R"({"schema": 99})"}) {
            const fs::path broken = next("broken");
            fs::create_directories(broken);
            writeText(broken / "sequences.json", text);
            QVERIFY(!SequenceFolder::read(broken));
        }
        // What holds scores is not written over.
        const auto again =
            writeSequences(*m_study, genes(), {"sums", {}, m_model, score()}, folder->folder, {}, {});
        QVERIFY(!again);
        QCOMPARE(again.error().kind, ErrorKind::Mismatch);
        QVERIFY(fs::exists(scores));
    }

    /// A model.json alone says what a model reads that runs elsewhere.
    void modelsThatRunElsewhere() {
        const fs::path place = m_folder / "far";
        fs::create_directories(place);
        const auto describe = [&](const std::string& version) {
            writeText(place / "model.json",
                      R"({"schema": 1, "name": "Far", "kind": "elsewhere", "version": ")" + version +
                          R"(", "precision": "fp64", "output": {"unit": "log CAGE"},
                             "input": {"length": 2000, "tss_index": 1000, "strand": "gene"}})");
            return openModel(place.string(), {});
        };
        auto model = describe("1");
        DS_VERIFY(model);
        const ScoreOptions of = defaultScore((*model)->info());
        const auto cache = ScoreCache::open(next("cache"));
        DS_VERIFY(cache);
        const StudyGene& gene = m_study->genes().front();
        const auto none = analyzeGene(*m_study, gene, *model, *cache, {}, {});
        QVERIFY(!none);
        QCOMPARE(none.error().kind, ErrorKind::NotFound);
        QVERIFY(none.error().what.find("sequences have no score yet") != std::string::npos);
        QVERIFY(none.error().remedy.find("diploscope sequences") != std::string::npos);

        const auto folder = written(*model, of);
        DS_VERIFY(folder);
        const auto records = recordsOf(folder->folder / "sequences.fa.gz");
        const fs::path scores = folder->folder / "scores.tsv";
        writeText(scores, table(records));
        const auto found = taken(*folder, scores, *model, of, **cache);
        DS_VERIFY(found);
        QCOMPARE(found->checked, 0);
        QVERIFY(!found->unchecked.empty());
        const auto report = analyzeGene(*m_study, gene, *model, *cache, {}, {});
        DS_VERIFY(report);
        AnalysisOptions options;
        options.score = score();
        const auto own = analyzeGene(*m_study, gene, m_model, nullptr, options, {});
        DS_VERIFY(own);
        QCOMPARE((*report)->pearson.r, (*own)->pearson.r);

        // What rounding makes of it is the same; another number of the same sequence is another version's.
        const double last = scoreOf(records.begin()->second);
        writeText(scores, "sequence\tscore\n" + records.begin()->first + "\t" +
                              numberText(last * (1 + 1e-10)) + "\n");
        DS_VERIFY(taken(*folder, scores, *model, of, **cache));
        writeText(scores, "sequence\tscore\n" + records.begin()->first + "\t77\n");
        const auto other = taken(*folder, scores, *model, of, **cache);
        QVERIFY(!other);
        QCOMPARE(other.error().kind, ErrorKind::Mismatch);
        QVERIFY(other.error().remedy.find("version") != std::string::npos);
        model = describe("2");
        DS_VERIFY(model);
        QCOMPARE(taken(*folder, scores, *model, of, **cache).error().kind, ErrorKind::Mismatch);
        const auto anew = written(*model, of);
        DS_VERIFY(anew);
        const auto second = taken(*anew, scores, *model, of, **cache);
        DS_VERIFY(second);
        QCOMPARE(second->taken, 1);
        QVERIFY(!measureBackground(*m_study, *model, of, Method::Fast, nullptr, {}, {}));

        // Two models that read the same are two.
        writeText(place / "model.json",
                  R"({"schema": 1, "name": "Farther", "kind": "elsewhere", "version": "2",
                     "precision": "fp64", "input": {"length": 2000, "tss_index": 1000, "strand": "gene"}})");
        const auto farther = openModel(place.string(), {});
        DS_VERIFY(farther);
        QVERIFY((*farther)->info().checksum != (*model)->info().checksum);
        writeText(place / "model.json", R"({"schema": 1, "name": "Far", "kind": "elsewhere",
                                           "input": {"length": 2000, "tss_index": 1000}})");
        QVERIFY(openModel(place.string(), {}).error().message().find("version") != std::string::npos);
    }

    void stopped() {
        std::stop_source stop;
        RunContext context;
        context.stop = stop.get_token();
        context.onProgress = [&](const Progress& progress) {
            if (progress.stage == "Writing sequences" && progress.done == 1)
                stop.request_stop();
        };
        const fs::path folder = next("sequences");
        const auto written =
            writeSequences(*m_study, genes(), {"sums", {}, m_model, score()}, folder, {}, context);
        QVERIFY(!written);
        QCOMPARE(written.error().kind, ErrorKind::Cancelled);
        QVERIFY(!fs::exists(folder));
    }
};

QTEST_GUILESS_MAIN(TestScoresElsewhere)
#include "tst_scores_elsewhere.moc"
