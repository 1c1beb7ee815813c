// SPDX-License-Identifier: GPL-3.0-or-later
// Which tokens an edit changes, against trunks that are followed position by position: of Enformers, and of
// shapes that no Enformer has.
#include "engines/random_enformer.h"

#include "engines/transformer/trunk_windows.h"

#include <fmt/format.h>

#include <map>
#include <set>

using namespace diploscope;
using namespace diploscope::test;

namespace {

int64_t below(std::mt19937_64& random, int64_t count) {
    return static_cast<int64_t>(random() % static_cast<uint64_t>(count));
}

/// A trunk whose positions are digests of what they read, in order; so that whatever a position depends on,
/// and nothing else, shows. What lies past the ends is zero at every level, as padding is.
class DigestTrunk {
public:
    explicit DigestTrunk(const TrunkReach& trunk) : m_trunk(trunk) {
        m_lengths.push_back(trunk.inputLength);
        for (const Reach& step : trunk.steps)
            m_lengths.push_back(m_lengths.back() / step.stride);
    }

    /// Bases, level by level, that tokens [first, first + count) read. [level] in order.
    [[nodiscard]] std::vector<std::set<int64_t>> read(int64_t first, int64_t count) const {
        std::vector<std::set<int64_t>> needed(m_lengths.size());
        for (int64_t token = first; token < first + count; ++token)
            needed.back().insert(token);
        for (size_t level = needed.size() - 1; level > 0; --level)
            for (const int64_t output : needed[level])
                for (const int64_t input : inputs(level - 1, output))
                    needed[level - 1].insert(input);
        return needed;
    }

    /// Digests of tokens [first, first + count), of bases as `baseAt(position)` tells them.
    template <class BaseAt>
    [[nodiscard]] std::vector<uint64_t> tokens(int64_t first, int64_t count, BaseAt&& baseAt) const {
        const std::vector<std::set<int64_t>> needed = read(first, count);
        std::map<int64_t, uint64_t> values;
        for (const int64_t position : needed.front())
            values[position] = inside(0, position) ? static_cast<uint64_t>(baseAt(position)) : 0;
        for (size_t level = 1; level < needed.size(); ++level) {
            std::map<int64_t, uint64_t> next;
            for (const int64_t output : needed[level]) {
                uint64_t digest = 1469598103934665603U + level;
                for (const int64_t input : inputs(level - 1, output))
                    digest = (digest ^ values.at(input)) * 1099511628211U + (digest >> 29);
                next[output] = inside(level, output) ? digest : 0;
            }
            values = std::move(next);
        }
        std::vector<uint64_t> digests;
        for (const auto& [token, digest] : values)
            digests.push_back(digest);
        return digests;
    }

private:
    [[nodiscard]] std::vector<int64_t> inputs(size_t step, int64_t output) const {
        const Reach& reach = m_trunk.steps[step];
        std::vector<int64_t> all;
        for (int64_t input = output * reach.stride - reach.before;
             input < (output + 1) * reach.stride + reach.after; ++input)
            all.push_back(input);
        return all;
    }
    [[nodiscard]] bool inside(size_t level, int64_t position) const {
        return position >= 0 && position < m_lengths[level];
    }

    const TrunkReach& m_trunk;
    std::vector<int64_t> m_lengths;
};

TrunkReach enformerTrunk(int64_t downsamples, int64_t tokens) {
    return TrunkReach::bySteps(smallEnformer(downsamples, tokens, 1, 1).network());
}

/// A convolution, and a pool of `size`.
void addStage(TrunkReach& trunk, int64_t width, int64_t size) {
    trunk.steps.push_back({1, width / 2, width / 2});
    trunk.steps.push_back({size, 0, 0});
}

TrunkReach ofLength(TrunkReach trunk, int64_t tokens) {
    trunk.inputLength = tokens * trunk.basesPerToken();
    return trunk;
}

/// Stem, tower and first pools of Borzoi's shape: maximum pools, one convolution a stage.
TrunkReach borzoiLike() {
    TrunkReach trunk;
    addStage(trunk, 15, 2);
    for (int i = 0; i < 4; ++i)
        addStage(trunk, 5, 2);
    return ofLength(trunk, 37);
}

/// Several residual convolutions a stage, pools of several sizes.
TrunkReach deepStages() {
    TrunkReach trunk;
    addStage(trunk, 15, 3);
    for (const int64_t width : {5, 5, 1, 7})
        trunk.steps.push_back({1, width / 2, width / 2});
    addStage(trunk, 3, 5);
    addStage(trunk, 9, 1);
    return ofLength(trunk, 41);
}

/// Convolutions with strides, padded on one side, or that pass bases over.
TrunkReach lopsided() {
    TrunkReach trunk;
    trunk.steps = {{4, 3, 2}, {1, 0, 2}, {2, 1, 0}, {3, 0, -1}};
    return ofLength(trunk, 29);
}

TrunkReach sparse() {
    TrunkReach trunk;
    trunk.steps = {{4, 0, -2}, {3, 0, 0}};
    return ofLength(trunk, 23);
}

void trunks() {
    QTest::addColumn<TrunkReach>("trunk");
    QTest::newRow("Enformer, two halvings") << enformerTrunk(2, 40);
    QTest::newRow("Enformer, three halvings, odd tokens") << enformerTrunk(3, 51);
    QTest::newRow("Enformer, six halvings") << enformerTrunk(6, 19);
    QTest::newRow("Enformer, fewer tokens than a base reaches") << enformerTrunk(5, 4);
    QTest::newRow("Enformer by stages") << TrunkReach::byStages(smallEnformer(4, 33, 1, 1).network());
    QTest::newRow("Borzoi's shape") << borzoiLike();
    QTest::newRow("deep stages") << deepStages();
    QTest::newRow("lopsided") << lopsided();
    QTest::newRow("bases that no token reads") << sparse();
}

std::string randomBases(std::mt19937_64& random, int64_t length) {
    std::string bases;
    for (int64_t i = 0; i < length; ++i)
        bases += "ACGT"[random() % 4];
    return bases;
}

void change(std::string& bases, int64_t position, std::mt19937_64& random) {
    char& base = bases[static_cast<size_t>(position)];
    const char old = base;
    while (base == old)
        base = "ACGTN"[random() % 5];
}

/// Nothing, single changes everywhere, and what haplotypes, insertions and deletions do.
std::vector<std::string> manyEdits(const std::string& reference, std::mt19937_64& random) {
    const auto length = static_cast<int64_t>(reference.size());
    std::vector<std::string> all{reference};
    for (int64_t i = 0; i < length; i += 1 + below(random, 1 + length / 20)) {
        all.push_back(reference);
        change(all.back(), i, random);
    }
    for (const int64_t edits : {2, 3, 5, 9, 20})
        for (int i = 0; i < 6; ++i) {
            all.push_back(reference);
            const int64_t reach = i % 2 == 0 ? length : std::min<int64_t>(length, 120);
            const int64_t from = below(random, length - reach + 1);
            for (int64_t edit = 0; edit < edits; ++edit)
                change(all.back(), from + below(random, reach), random);
        }
    for (const int64_t shift : {1, 4}) {
        const auto at = static_cast<size_t>(below(random, length - 2 * shift));
        std::string inserted = reference;
        inserted.insert(at, static_cast<size_t>(shift), 'G');
        inserted.resize(reference.size());
        all.push_back(inserted);
        std::string deleted = reference;
        deleted.erase(at, static_cast<size_t>(shift));
        deleted.resize(reference.size(), 'C');
        all.push_back(deleted);
    }
    for (const int64_t end : {int64_t{0}, length - 1}) {
        all.push_back(reference);
        change(all.back(), end, random);
    }
    return all;
}

} // namespace

class TestTrunkWindows : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void windowsOfThePublishedModel() {
        const TransformerSpec network = EnformerConfig{}.network();
        for (const TrunkReach& trunk : {TrunkReach::bySteps(network), TrunkReach::byStages(network)}) {
            QCOMPARE(trunk.tokens(), int64_t{1536});
            QCOMPARE(receptiveSpans(trunk, {10, 11}).front(), (Span{10 * 128 - 259, 10 * 128 + 387}));
            QCOMPARE(tokensOfOneBase(trunk), 6);
            QCOMPARE(receptiveSpans(trunk, {0, 6}).front().length(), 1286);
        }
        // 16 GFLOP of 2,273: the pool's logits are formed once a pair.
        QVERIFY(std::abs(2 * trunkWork(network, network.tokens()) / 2273e9 - 1) < 0.01);
        QVERIFY(trunkWork(network, 6) / trunkWork(network, network.tokens()) < 0.0075);
    }

    void workIsCounted() {
        // Halving by halving: what a run of tokens needs of each level, and the layers there.
        for (const int64_t downsamples : {3, 4, 7})
            for (const int64_t tokens : {1, 6, 20}) {
                const EnformerConfig config = smallEnformer(downsamples, 40, 2, 1);
                const std::vector<int64_t> channels = config.channels();
                double work = 0;
                int64_t pooled = tokens;
                for (auto level = static_cast<size_t>(downsamples); level > 0; --level) {
                    const auto out = static_cast<double>(channels[level - 1]);
                    const double taps = level == 1 ? 4 * 15 : 5 * static_cast<double>(channels[level - 2]);
                    work += static_cast<double>(2 * pooled) * out * (taps + out);
                    work += static_cast<double>(pooled) * out * out;
                    pooled = 2 * pooled + (level == 1 ? 14 : 4);
                }
                QVERIFY(trunkWork(config.network(), tokens) == work); // whole numbers: no rounding
            }
    }

    void spansAreWhatIsRead_data() { trunks(); }
    void spansAreWhatIsRead() {
        QFETCH(const TrunkReach, trunk);
        const DigestTrunk followed(trunk);
        for (const Span tokens : {Span{0, 1}, Span{2, 4}, Span{trunk.tokens() - 1, trunk.tokens()}}) {
            const std::vector<Span> spans = receptiveSpans(trunk, tokens);
            const std::vector<std::set<int64_t>> read = followed.read(tokens.begin, tokens.length());
            QCOMPARE(spans.size(), read.size());
            for (size_t level = 0; level < spans.size(); ++level)
                QVERIFY2(
                    spans[level] == (Span{*read[level].begin(), *read[level].rbegin() + 1}),
                    fmt::format("level {}: {} to {}", level, spans[level].begin, spans[level].end).c_str());
        }
        // The most tokens that see one base.
        std::map<int64_t, int64_t> seen;
        for (int64_t token = 0; token < trunk.tokens(); ++token) {
            const std::set<int64_t> bases = followed.read(token, 1).front();
            for (int64_t base = *bases.begin(); base <= *bases.rbegin(); ++base)
                ++seen[base];
        }
        int64_t most = 0;
        for (const auto& [base, count] : seen)
            most = std::max(most, count);
        QCOMPARE(tokensOfOneBase(trunk), most);
    }

    void windowsHoldWhatChanges_data() { trunks(); }
    void windowsHoldWhatChanges() {
        QFETCH(const TrunkReach, trunk);
        const DigestTrunk followed(trunk);
        std::mt19937_64 random(static_cast<uint64_t>(trunk.inputLength));
        const std::string reference = randomBases(random, trunk.inputLength);
        const auto wholeOf = [&](const std::string& bases) {
            return followed.tokens(0, trunk.tokens(),
                                   [&](int64_t position) { return bases[static_cast<size_t>(position)]; });
        };
        const std::vector<uint64_t> before = wholeOf(reference);
        int64_t changed = 0;
        for (const std::string& input : manyEdits(reference, random)) {
            const std::vector<uint64_t> want = wholeOf(input);
            std::vector<uint64_t> found = before;
            int64_t differences = 0;
            for (size_t i = 0; i < input.size(); ++i)
                differences += input[i] != reference[i] ? 1 : 0;
            const std::vector<TokenWindow> windows = changedWindows(trunk, reference, input, 4);
            QVERIFY(differences > 1 || windows.size() <= static_cast<size_t>(differences));
            for (const TokenWindow& window : windows) {
                QVERIFY(window.firstToken >= 0 && window.firstToken + window.tokens <= trunk.tokens());
                QVERIFY(window.tokens == tokensOfOneBase(trunk) ||
                        (window.firstToken % 4 == 0 && window.tokens <= 4));
                QVERIFY(window != tokenWindow(trunk, reference, window.firstToken, window.tokens));
                // From the window's own bases alone, which begin with the first that its tokens read.
                const std::set<int64_t> read = followed.read(window.firstToken, window.tokens).front();
                QCOMPARE(static_cast<int64_t>(window.bases.size()), *read.rbegin() - *read.begin() + 1);
                const std::vector<uint64_t> own =
                    followed.tokens(window.firstToken, window.tokens, [&](int64_t position) {
                        return window.bases[static_cast<size_t>(position - *read.begin())];
                    });
                for (int64_t i = 0; i < window.tokens; ++i)
                    found[static_cast<size_t>(window.firstToken + i)] = own[static_cast<size_t>(i)];
                for (int64_t i = 0; i < static_cast<int64_t>(window.bases.size()); ++i) {
                    const int64_t position = *read.begin() + i;
                    if (position < 0 || position >= trunk.inputLength)
                        QCOMPARE(window.bases[static_cast<size_t>(i)], 'N');
                }
            }
            for (size_t token = 0; token < want.size(); ++token) {
                QVERIFY2(found[token] == want[token], fmt::format("token {}", token).c_str());
                changed += want[token] != before[token] ? 1 : 0;
            }
        }
        QVERIFY(changed > 0);
    }

    void chunksAreShared() {
        // Far edits apart, near ones in chunks at multiples of the chunk.
        const TrunkReach trunk = enformerTrunk(3, 40);
        const std::string reference(static_cast<size_t>(trunk.inputLength), 'A');
        std::string input = reference;
        for (const size_t i : {size_t{100}, size_t{200}, size_t{216}, size_t{240}})
            input[i] = 'C';
        const std::vector<TokenWindow> windows = changedWindows(trunk, reference, input, 4);
        QCOMPARE(windows.front().tokens, tokensOfOneBase(trunk));
        QVERIFY(windows.size() > 2);
        for (size_t i = 1; i < windows.size(); ++i)
            QCOMPARE(windows[i].firstToken % 4, 0);
        QVERIFY(changedWindows(trunk, reference, reference, 4).empty());
    }
};

QTEST_APPLESS_MAIN(TestTrunkWindows)
#include "tst_trunk_windows.moc"
