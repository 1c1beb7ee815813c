// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/expression_rows.h"

#include "base/atomic_file.h"
#include "base/checksum.h"
#include "io/compressed_text.h"
#include "io/expression_told.h"
#include "io/spoilt_file.h"
#include "support.h"

#include <random>
#include <sstream>
#include <thread>

using namespace diploscope;
using namespace diploscope::test;
namespace fs = std::filesystem;

namespace {

/// Genes of six people, some values missing, one gene the same in all.
std::string bed(const std::string& gene = "GENE", const std::string& lineEnd = "\n", bool isPositive = true,
                int genes = 40) {
    std::mt19937 random(11);
    std::string text = "#chr\tstart\tend\tphenotype_id\tHG1\tXX\tHG2\tHG3\tYY\tHG4" + lineEnd;
    for (int g = 0; g < genes; ++g) {
        text += fmt::format("22\t{}\t{}\t{}{}", 100 * g, 100 * g + 1, gene, g);
        for (int p = 0; p < 6; ++p) {
            const double value = g == 7 ? 2.5 : double(random() % 2000) / 100 - (isPositive ? 0 : 5);
            text += random() % 9 == 0 ? "\tNA" : fmt::format("\t{}", value);
        }
        text += lineEnd;
    }
    return text;
}

/// The same with a column of strands, as QTLtools has them behind a group.
std::string withStrands(const std::string& bed) {
    std::istringstream lines(bed);
    std::string text;
    size_t row = 0;
    for (std::string line; std::getline(lines, line); ++row) {
        size_t at = 0; // behind the fourth column
        for (int column = 0; column < 4; ++column)
            at = line.find('\t', at) + 1;
        const std::string strand(1, "+-.-"[row % 4]);
        text +=
            line.substr(0, at) + (row == 0 ? "gid\tStrand" : "G\t" + strand) + "\t" + line.substr(at) + "\n";
    }
    return text;
}

constexpr size_t BehindHead = 16 + 16 + 8; ///< two digests and a length

} // namespace

class TestExpressionRows : public QObject {
    Q_OBJECT

private:
    TemporaryFolder m_folder;
    fs::path m_file, m_cache;
    const ExpressionRequest m_request = requestOf({"HG4", "HG1", "HG3", "HG2", "HG9"});

    [[nodiscard]] Result<ExpressionRows> open() const { return open(m_request); }
    [[nodiscard]] Result<ExpressionRows> open(const ExpressionRequest& request) const {
        return ExpressionRows::open(m_file, request, m_cache, {}, 1);
    }
    [[nodiscard]] std::string told() const { return toldOfRows(open()); }
    [[nodiscard]] std::string expected() const { return toldOfMatrix(m_file, m_request); }
    [[nodiscard]] std::vector<fs::path> kept() const {
        std::vector<fs::path> files;
        std::error_code none;
        for (const auto& entry : fs::directory_iterator(m_cache / "expression", none))
            files.push_back(entry.path());
        return files;
    }

private Q_SLOTS:
    void init() {
        static int count = 0;
        m_file = m_folder / std::to_string(count) / "e.bed";
        m_cache = m_folder / std::to_string(count++) / "cache";
        writeText(m_file, bed());
    }

    /// Of a held table, of one that is read for the first time, and of one whose lines are kept.
    void strandsAreTold() {
        writeText(m_file, withStrands(bed("GENE", "\n", true, 4)));
        for (const int64_t largeBytes : {int64_t{1} << 20, int64_t{1}, int64_t{1}}) {
            const auto rows = ExpressionRows::open(m_file, m_request, m_cache, {}, largeBytes);
            DS_VERIFY(rows);
            QCOMPARE(rows->strands(), std::string("-.-+"));
            QCOMPARE(rows->people().front(), std::string("HG1"));
        }
        writeText(m_file, bed());
        QCOMPARE(open()->strands(), std::string());
    }

    void isWhatTheMatrixSays_data() {
        QTest::addColumn<std::string>("bytes");
        QTest::addColumn<int>("transform");
        QTest::addColumn<bool>("isKept");
        const std::string text = bed();
        const auto row = [](const char* name, const std::string& bytes, ExpressionTransform transform,
                            bool isKept) { QTest::newRow(name) << bytes << int(transform) << isKept; };
        row("plain", text, ExpressionTransform::None, true);
        row("logarithms", text, ExpressionTransform::Log2Plus1, true);
        row("ranks", text, ExpressionTransform::RankNormal, true);
        row("Windows line ends", bed("GENE", "\r\n"), ExpressionTransform::Log2Plus1, true);
        row("no line end at the end", text.substr(0, text.size() - 1), ExpressionTransform::None, true);
        row("byte order mark", "\xEF\xBB\xBF" + text, ExpressionTransform::None, true);
        row("strands", withStrands(text), ExpressionTransform::Log2Plus1, true);
        row("bytes that are no UTF-8", bed("Jos\xE9"), ExpressionTransform::None, true);
        row("blank lines", "# by me\n\n" + text + "\n\n", ExpressionTransform::None, true);
        row("bgzip, a line in several blocks", bgzipped(text, 19), ExpressionTransform::RankNormal, true);
        row("bgzip, several lines in a block", bgzipped(text, 900), ExpressionTransform::None, true);
        row("bgzip with an empty block within",
            bgzipped(text.substr(0, 500), 100) + bgzipped(text.substr(500), 100), ExpressionTransform::None,
            true);
        row("gzip", gzipped(text), ExpressionTransform::Log2Plus1, false);
        row("people in the rows", "sample\tA\tB\nHG1\t1\t4\nHG2\t2\tNA\nHG3\t3\t6\n",
            ExpressionTransform::None, false);
        row("people in the rows, seen at the end", "sample\tA\tB\nQ\t1\t4\nHG2\t2\tNA\nHG3\t3\t6\n",
            ExpressionTransform::None, false);
        row("logarithms of negative values", bed("GENE", "\n", false), ExpressionTransform::Log2Plus1, false);
        row("nobody known", "gene_id\tP1\tP2\nA\t1\t2\n", ExpressionTransform::RankNormal, true);
    }
    void isWhatTheMatrixSays() {
        QFETCH(std::string, bytes);
        QFETCH(int, transform);
        QFETCH(bool, isKept);
        writeText(m_file, bytes);
        const ExpressionRequest request =
            requestOf(m_request.knownPeople, static_cast<ExpressionTransform>(transform));
        const std::string matrix = toldOfMatrix(m_file, request);
        for (int round = 0; round < 3; ++round)
            QCOMPARE(toldOfRows(open(request)), matrix);
        QCOMPARE(kept().size(), size_t(isKept ? 1 : 0));
        QCOMPARE(toldOfRows(ExpressionRows::open(m_file, request, m_cache)), matrix); // held
    }

    /// That nothing is parsed again shows by what the file does not say.
    void isReadFromWhatIsKept() {
        DS_VERIFY(open());
        const fs::path place = kept().front();
        std::string bytes = readWholeFile(place).value();
        const size_t body = bytes.find('\n') + 1 + BehindHead;
        bytes.replace(bytes.find("GENE5", body), 5, "OTHER");
        const Digest sum = digestOf(std::string_view(bytes).substr(body));
        bytes.replace(body - BehindHead + 16, 16, std::string(sum.begin(), sum.end()));
        writeText(place, bytes);
        QCOMPARE(open()->genes()[5], std::string("OTHER"));
        fs::rename(m_file, m_file.string() + ".txt"); // the same bytes under another name
        m_file += ".txt";
        QCOMPARE(open()->genes()[5], std::string("OTHER"));
        QCOMPARE(open()->row(5).value()[0], readExpression(m_file)->values(5, 5));
    }

    void whatIsAskedIsPartOfTheKey() {
        const std::string first = told();
        std::vector<ExpressionRequest> others{requestOf({"HG1", "HG2"}), requestOf({"HG2", "HG1"}),
                                              requestOf({"XX", "HG1"})};
        others.push_back(m_request);
        others.back().transform = ExpressionTransform::RankNormal;
        others.push_back(m_request);
        others.back().choose = others.front().choose; // other people are analysed, as with a sample map
        for (const ExpressionRequest& other : others)
            QCOMPARE(toldOfRows(open(other)), toldOfMatrix(m_file, other));
        QCOMPARE(kept().size(), size_t{6});
        for (const ExpressionRequest& other : others)
            QCOMPARE(toldOfRows(open(other)), toldOfMatrix(m_file, other));
        QCOMPARE(told(), first);
    }

    void otherContentIsParsed() {
        (void)told();
        const auto time = fs::last_write_time(m_file);
        writeText(m_file, bed("ENEG"));
        fs::last_write_time(m_file, time);
        QCOMPARE(told(), expected());
        QCOMPARE(kept().size(), size_t{2});
    }

    void damaged_data() {
        QTest::addColumn<std::string>("how");
        std::vector<std::string> ways = waysToSpoil();
        ways.insert(ways.end(), {"of another table", "a folder"});
        for (const std::string& how : ways)
            QTest::newRow(how.c_str()) << how;
    }
    void damaged() {
        QFETCH(std::string, how);
        (void)told();
        const fs::path place = kept().front();
        const std::string good = readWholeFile(place).value();
        std::string bad = spoilt(good, how, "GENE7", "expression 1");
        if (how == "of another table") {
            writeText(m_file, bed("OTHER"));
            (void)told();
            writeText(m_file, bed());
            for (const fs::path& file : kept())
                if (file != place)
                    bad = readWholeFile(file).value();
            QVERIFY(bad != good);
        }
        fs::remove(place);
        if (how == "a folder") // nothing can be put there
            fs::create_directories(place / "x");
        else
            writeText(place, bad);
        QCOMPARE(told(), expected());
        if (how != "a folder")
            QVERIFY(readWholeFile(place).value() == good); // and is put right
        QCOMPARE(told(), expected());
    }

    void noFolderToKeepThem() {
        writeText(m_cache, "a file");
        QCOMPARE(told(), expected());
    }

    /// A line that is no longer what was checked is an error, whatever the file's times say.
    void fileThatChangesMeanwhile_data() {
        QTest::addColumn<bool>("isBgzip");
        QTest::newRow("plain") << false;
        QTest::newRow("bgzip") << true;
    }
    void fileThatChangesMeanwhile() {
        QFETCH(bool, isBgzip);
        const auto bytesOfText = [&](const std::string& text) {
            return isBgzip ? bgzipped(text, 900) : text;
        };
        constexpr int Last = 5999; // far behind what htslib holds of the file's beginning
        std::string text = bed("GENE", "\n", true, Last + 1);
        writeText(m_file, bytesOfText(text));
        const auto rows = open();
        DS_VERIFY(rows);
        DS_VERIFY(rows->row(Last));
        const auto time = fs::last_write_time(m_file);
        text[text.size() - 2] = text[text.size() - 2] == '1' ? '2' : '1';
        writeText(m_file, bytesOfText(text)); // in place, as an editor of the same inode does
        fs::last_write_time(m_file, time);
        DS_VERIFY(rows->row(0));
        QCOMPARE(rows->row(Last).error().kind, ErrorKind::Mismatch);
        QCOMPARE(rows->row(Last).error().where, m_file.string());
        fs::resize_file(m_file, 300);
        QCOMPARE(rows->row(Last).error().kind, ErrorKind::Mismatch);
        // A file that takes its place is the next study's.
        writeText(m_file, bytesOfText(bed("GENE", "\n", true, Last + 1)));
        const auto again = open();
        writeText(m_file.string() + ".new", "something else");
        fs::rename(m_file.string() + ".new", m_file);
        DS_VERIFY(again->row(Last));
    }

    void errorsAreTheReaders() {
        writeText(m_file, bed() + "22\t1\t2\tLAST\t1\t2\t3\t4\t5\t6\t7\n");
        for (int round = 0; round < 2; ++round)
            QCOMPARE(told(), expected());
        QVERIFY(told().find("11 columns") != std::string::npos);
        writeText(m_file, bgzipped(bed(), 900, false));
        QCOMPARE(told(), expected());
        QVERIFY(kept().empty());
        fs::remove(m_file);
        QCOMPARE(told(), expected());
        writeText(m_file, bed());
        std::stop_source stop;
        stop.request_stop();
        QCOMPARE(ExpressionRows::open(m_file, m_request, m_cache, {stop.get_token(), {}, {}}, 1).error().kind,
                 ErrorKind::Cancelled);
    }

    void thoseUnusedLongestGo() {
        (void)told();
        const fs::path first = kept().front();
        for (size_t i = 0; i <= MostKeptExpressionTables; ++i) {
            writeText(m_file, bed("G" + std::to_string(i) + "_"));
            DS_VERIFY(open());
            writeText(m_file, bed());
            DS_VERIFY(open()); // used all the time
        }
        QCOMPARE(kept().size(), MostKeptExpressionTables);
        QVERIFY(fs::exists(first));
    }

    void severalAtOnce() {
        writeText(m_file, bgzipped(bed(), 100));
        const std::string matrix = expected();
        std::vector<std::string> found(8);
        const auto shared = open();
        std::vector<std::thread> threads;
        for (size_t t = 0; t < found.size(); ++t)
            threads.emplace_back([&, t] { found[t] = t % 2 == 0 ? told() : toldOfRows(shared); });
        for (std::thread& thread : threads)
            thread.join();
        for (const std::string& text : found)
            QCOMPARE(text, matrix);
        QCOMPARE(kept().size(), size_t{1});
    }
};

QTEST_GUILESS_MAIN(TestExpressionRows)
#include "tst_expression_rows.moc"
