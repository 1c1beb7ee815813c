// SPDX-License-Identifier: GPL-3.0-or-later
#include "cache/score_cache.h"

#include "cache/cache_support.h"

#include <limits>

using namespace diploscope;
using namespace diploscope::test;

/// What one program stores and finds; tst_score_cache_sharing has several of them.
class TestScoreCache : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void findsWhatWasStored();
    void keepsEveryBit();
    void scopesAreApart();
    void laterScoreReplaces();
    void refusesWhatIsNoScore_data();
    void refusesWhatIsNoScore();
    void dropsWhatWasUnusedLongest();
    void lowerLimitShrinksTheFile();
    void clears();
    void uncheckedScoresDoNotCount();
    void refutedScoresAreGone();
    void refutationReachesEarlierBatches();
    void windowsAreApart();
    void whatStandsForAnotherReplacesIt();
    void counts();
    void thousandsOfLookUpsAreFast();
    void defaultFileFollowsXdg();
};

void TestScoreCache::findsWhatWasStored() {
    const TemporaryFolder folder;
    const auto digests = digestsFrom(0, 500);
    {
        const auto cache = openCache(folder / "new/folder/scores.sqlite");
        const auto before = cache->find(Scope, digests);
        DS_VERIFY(before);
        QCOMPARE(countFound(*before), int64_t(0));
        DS_VERIFY(cache->store(Scope, digests, scoresOf(digests)));
        DS_VERIFY(cache->store(Scope, {}, {}));
    }
    const auto cache = openCache(folder / "new/folder/scores.sqlite");
    QVERIFY(!cache->setAside());
    auto asked = digestsFrom(250, 500); // half of them unknown, order kept
    std::reverse(asked.begin(), asked.end());
    const auto found = cache->find(Scope, asked);
    DS_VERIFY(found);
    const auto expected = scoresOf(asked);
    for (size_t i = 0; i < asked.size(); ++i) {
        QCOMPARE((*found)[i].has_value(), i >= 250);
        if (i >= 250)
            QCOMPARE(*(*found)[i], expected[i]);
    }
    DS_VERIFY(cache->verify());
}

void TestScoreCache::keepsEveryBit() {
    const TemporaryFolder folder;
    const auto cache = openCache(folder / "scores.sqlite");
    using Limits = std::numeric_limits<double>;
    const std::vector<double> scores{
        0.0, -0.0, 3.0, -1e15, 0.1, Limits::denorm_min(), Limits::max(), Limits::lowest()};
    const auto digests = digestsFrom(0, scores.size());
    DS_VERIFY(cache->store(Scope, digests, scores));
    const auto found = cache->find(Scope, digests);
    DS_VERIFY(found);
    for (size_t i = 0; i < scores.size(); ++i)
        QCOMPARE(std::bit_cast<uint64_t>((*found)[i].value()), std::bit_cast<uint64_t>(scores[i]));
}

void TestScoreCache::scopesAreApart() {
    const TemporaryFolder folder;
    const auto cache = openCache(folder / "scores.sqlite");
    const auto digests = digestsFrom(0, 3);
    const std::vector<ScoreScope> scopes{{"ab", "c"}, {"a", "bc"}, {"ab", "d"}, {"", ""}};
    for (size_t i = 0; i < scopes.size(); ++i) {
        const auto before = cache->find(scopes[i], digests);
        DS_VERIFY(before);
        QCOMPARE(countFound(*before), int64_t(0));
        DS_VERIFY(cache->store(scopes[i], digests, std::vector<double>(3, double(i))));
    }
    for (size_t i = 0; i < scopes.size(); ++i) {
        const auto found = cache->find(scopes[i], digests);
        DS_VERIFY(found);
        QCOMPARE(found->at(1).value(), double(i));
    }
    DS_VERIFY(cache->verify());
}

void TestScoreCache::laterScoreReplaces() {
    const TemporaryFolder folder;
    const auto cache = openCache(folder / "scores.sqlite");
    const auto digests = digestsFrom(0, 4);
    DS_VERIFY(cache->store(Scope, digests, std::vector<double>(4, 1.0)));
    // The same sequence twice in one batch: the last one counts, as over two batches.
    DS_VERIFY(
        cache->store(Scope, std::vector{digests[0], digests[1], digests[0]}, std::vector{2.0, 3.0, 4.0}));
    const auto found = cache->find(Scope, digests);
    DS_VERIFY(found);
    QCOMPARE(found->at(0).value(), 4.0);
    QCOMPARE(found->at(1).value(), 3.0);
    QCOMPARE(found->at(2).value(), 1.0);
    const auto info = cache->info();
    DS_VERIFY(info);
    QCOMPARE(info->entries, int64_t(4));
    DS_VERIFY(cache->verify());
}

void TestScoreCache::refusesWhatIsNoScore_data() {
    QTest::addColumn<double>("score");
    QTest::newRow("NaN") << std::nan("");
    QTest::newRow("infinity") << std::numeric_limits<double>::infinity();
    QTest::newRow("-infinity") << -std::numeric_limits<double>::infinity();
}

void TestScoreCache::refusesWhatIsNoScore() {
    QFETCH(double, score);
    const TemporaryFolder folder;
    const auto cache = openCache(folder / "scores.sqlite");
    const auto digests = digestsFrom(0, 3);
    const auto stored = cache->store(Scope, digests, std::vector{1.0, 2.0, score});
    QVERIFY(!stored);
    QCOMPARE(stored.error().kind, ErrorKind::BadInput);
    QVERIFY(stored.error().where.find(toHex(digests[2])) != std::string::npos);
    const auto found = cache->find(Scope, digests);
    DS_VERIFY(found);
    QCOMPARE(countFound(*found), int64_t(0)); // not even the good ones
    QVERIFY(!cache->store(Scope, digests, std::vector{1.0}));
}

void TestScoreCache::dropsWhatWasUnusedLongest() {
    const TemporaryFolder folder;
    constexpr int64_t Limit = 300'000;
    auto cache = openCache(folder / "scores.sqlite", Limit);
    const auto favourite = digestsFrom(0, 64);
    const auto neglected = digestsFrom(1'000'000, 64);
    DS_VERIFY(cache->store(Scope, favourite, scoresOf(favourite)));
    DS_VERIFY(cache->store(Scope, neglected, scoresOf(neglected)));
    for (int64_t batch = 0; batch < 150; ++batch) {
        const auto digests = digestsFrom(2'000'000 + batch * 64, 64);
        DS_VERIFY(cache->store(Scope, digests, scoresOf(digests)));
        const auto current = cache->find(Scope, digests);
        DS_VERIFY(current);
        QCOMPARE(countFound(*current), int64_t(64));
        const auto used = cache->find(Scope, favourite);
        DS_VERIFY(used);
        QCOMPARE(countFound(*used), int64_t(64));
    }
    const auto old = cache->find(Scope, neglected);
    DS_VERIFY(old);
    QCOMPARE(countFound(*old), int64_t(0));
    // The newest are kept to the last one, and the limit is made use of.
    const auto newest = cache->find(Scope, digestsFrom(2'000'000 + 149 * 64 - 640, 640 + 64));
    DS_VERIFY(newest);
    QCOMPARE(countFound(*newest), int64_t(640 + 64));
    const auto info = cache->info();
    DS_VERIFY(info);
    QVERIFY2(info->entries > 1500, qPrintable(QString::number(info->entries)));
    DS_VERIFY(cache->verify());
    cache.reset(); // until then the file may be as long as when it was last written to from the WAL
    QVERIFY(int64_t(std::filesystem::file_size(folder / "scores.sqlite")) <= Limit);
}

void TestScoreCache::lowerLimitShrinksTheFile() {
    const TemporaryFolder folder;
    const auto file = folder / "scores.sqlite";
    const auto first = digestsFrom(0, 20'000);
    DS_VERIFY(openCache(file)->store(Scope, std::span(first).first(10'000), scoresOf(first, 0, 10'000)));
    DS_VERIFY(openCache(file)->store(Scope, std::span(first).last(10'000), scoresOf(first, 10'000, 10'000)));
    const auto before = std::filesystem::file_size(file);
    QVERIFY(before > 640'000 && before < 800'000); // 32 bytes each, and little more

    const auto small = openCache(file, 500'000);
    const auto more = digestsFrom(1'000'000, 10);
    DS_VERIFY(small->store(Scope, more, scoresOf(more)));
    const auto kept = small->find(Scope, std::span(first).last(10'000));
    DS_VERIFY(kept);
    QCOMPARE(countFound(*kept), int64_t(10'000));
    DS_VERIFY(small->clear(100'000));
    QVERIFY(std::filesystem::file_size(file) <= 100'000);
    QVERIFY(!ScoreCache::open(file, 0));
}

void TestScoreCache::clears() {
    const TemporaryFolder folder;
    const auto cache = openCache(folder / "scores.sqlite");
    const auto digests = digestsFrom(0, 20'000);
    DS_VERIFY(cache->store(Scope, digests, scoresOf(digests)));
    const auto removed = cache->clear();
    DS_VERIFY(removed);
    QCOMPARE(*removed, int64_t(20'000));
    const auto info = cache->info();
    DS_VERIFY(info);
    QCOMPARE(info->entries, int64_t(0));
    QCOMPARE(info->models, int64_t(0));
    QVERIFY2(info->bytes < 100'000, qPrintable(QString::number(info->bytes)));
    const auto again = cache->clear();
    DS_VERIFY(again);
    QCOMPARE(*again, int64_t(0));
    DS_VERIFY(cache->store(Scope, digests, scoresOf(digests)));
    DS_VERIFY(cache->verify());
}

void TestScoreCache::counts() {
    const TemporaryFolder folder;
    const auto cache = openCache(folder / "scores.sqlite", 5'000'000);
    const auto digests = digestsFrom(0, 10);
    DS_VERIFY(cache->store({"model 1", "sum"}, digests, scoresOf(digests)));
    DS_VERIFY(cache->store({"model 1", "log"}, digests, scoresOf(digests)));
    DS_VERIFY(cache->store({"model 2", "sum"}, digests, scoresOf(digests)));
    const auto info = cache->info();
    DS_VERIFY(info);
    QCOMPARE(info->file, folder / "scores.sqlite");
    QCOMPARE(info->entries, int64_t(30));
    QCOMPARE(info->models, int64_t(2));
    QCOMPARE(info->limitBytes, int64_t(5'000'000));
    QVERIFY(info->bytes >= 4096);
}

void TestScoreCache::thousandsOfLookUpsAreFast() {
    const TemporaryFolder folder;
    const auto cache = openCache(folder / "scores.sqlite");
    for (int64_t batch = 0; batch < 100; ++batch) {
        const auto digests = digestsFrom(batch * 1000, 1000);
        DS_VERIFY(cache->store(Scope, digests, scoresOf(digests)));
    }
    std::vector<Digest> asked;
    for (int64_t i = 0; i < 3000; ++i)
        asked.push_back(digestsFrom(i * 33, 1).front());
    qint64 best = std::numeric_limits<qint64>::max();
    for (int round = 0; round < 5; ++round) { // other programs of the machine may get in between
        QElapsedTimer timer;
        timer.start();
        const auto found = cache->find(Scope, asked);
        best = std::min(best, timer.nsecsElapsed());
        DS_VERIFY(found);
        QCOMPARE(countFound(*found), int64_t(3000));
    }
    qInfo("3,000 look-ups among 100,000 scores: %.1f ms", double(best) / 1e6);
    QVERIFY(best < qint64{50'000'000} * Slowness);
}

void TestScoreCache::uncheckedScoresDoNotCount() {
    const TemporaryFolder folder;
    const auto file = folder / "scores.sqlite";
    const auto digests = digestsFrom(0, 20);
    const std::span<const Digest> all(digests);
    const Digest trial = trialOf(Scope, "ACGT");
    int64_t first = 0;
    {
        const auto cache = openCache(file);
        const auto stored = cache->storeUnchecked(Scope, trial, all.first(10), scoresOf(digests, 0, 10));
        DS_VERIFY(stored);
        first = *stored;
        DS_VERIFY(cache->storeUnchecked(Scope, trial, all.last(10), scoresOf(digests, 10, 10)));
    }
    const auto cache = openCache(file); // another run
    QCOMPARE(countFound(*cache->find(Scope, digests)), int64_t(0));
    QCOMPARE(cache->info()->unchecked, int64_t(20));
    const auto any = cache->findAny(Scope, digests);
    DS_VERIFY(any);
    QVERIFY((*any)[3] && !(*any)[3]->checked && (*any)[3]->score == scoresOf(digests)[3] &&
            (*any)[3]->batch == first);
    DS_VERIFY(cache->confirm(trial, std::vector{first}, {}));
    QCOMPARE(countRight(*cache->find(Scope, digests), digests), int64_t(10)); // of the one batch
    QCOMPARE(cache->info()->unchecked, int64_t(10));
}

void TestScoreCache::refutedScoresAreGone() {
    const TemporaryFolder folder;
    const auto file = folder / "scores.sqlite";
    const auto digests = digestsFrom(0, 40);
    const std::span<const Digest> all(digests);
    const Digest trial = trialOf(Scope, "ACGT"), other = trialOf(Scope, "ACGA");
    QVERIFY(trial != other && trial != trialOf({Scope.modelChecksum, "plain"}, "ACGT"));
    {
        const auto cache = openCache(file);
        DS_VERIFY(cache->storeUnchecked(Scope, trial, all.first(10), scoresOf(digests, 0, 10)));
        DS_VERIFY(cache->store(Scope, all.subspan(10, 10), scoresOf(digests, 10, 10), trial));
        DS_VERIFY(cache->storeUnchecked(Scope, other, all.subspan(20, 10), scoresOf(digests, 20, 10)));
        // Of schema 1, of which only the use tells whose they are.
        const auto old = cache->storeUnchecked(Scope, Digest{}, all.last(10), scoresOf(digests, 30, 10));
        DS_VERIFY(old);
        QVERIFY(!cache->refutation(trial)->has_value());
        DS_VERIFY(cache->refute(trial, std::vector{*old}, {digests[4], "one is 1, but the other 2"}));
    }
    const auto cache = openCache(file); // another run
    const auto any = cache->findAny(Scope, digests);
    DS_VERIFY(any);
    for (size_t i = 0; i < digests.size(); ++i)
        QCOMPARE((*any)[i].has_value(), i >= 20 && i < 30);
    const auto verdict = cache->refutation(trial);
    QVERIFY(verdict && *verdict);
    QVERIFY((*verdict)->sequence == digests[4]);
    QCOMPARE((*verdict)->verdict, std::string("one is 1, but the other 2"));
    QVERIFY(!cache->refutation(other)->has_value());
    QCOMPARE(cache->info()->refuted, int64_t(1));

    // Another sample that passes says nothing of the sequence that differed.
    const auto again = cache->storeUnchecked(Scope, trial, all.first(10), scoresOf(digests, 0, 10));
    DS_VERIFY(again);
    const auto refused = cache->confirm(trial, std::vector{*again}, std::vector{digests[5]});
    QVERIFY(!refused && refused.error().kind == ErrorKind::Internal);
    QVERIFY(refused.error().what.find("the other 2") != std::string::npos);
    QCOMPARE(countFound(*cache->find(Scope, digests)), int64_t(0));
    DS_VERIFY(cache->confirm(trial, std::vector{*again}, std::vector{digests[5], digests[4]}));
    QVERIFY(!cache->refutation(trial)->has_value());
    QCOMPARE(countRight(*cache->find(Scope, digests), digests), int64_t(10));
}

/// A score that no trial was named for, and that one of a trial stood for when that was refuted.
void TestScoreCache::refutationReachesEarlierBatches() {
    const TemporaryFolder folder;
    const auto cache = openCache(folder / "scores.sqlite");
    const auto digests = digestsFrom(0, 40);
    const std::span<const Digest> all(digests);
    const Digest trial = trialOf(Scope, "ACGT");
    DS_VERIFY(cache->store(Scope, all.first(20), scoresOf(digests, 0, 20)));
    DS_VERIFY(cache->store({Scope.modelChecksum, "other"}, all, scoresOf(digests)));
    DS_VERIFY(cache->storeUnchecked(Scope, trial, all.subspan(10, 20), scoresOf(digests, 10, 20)));
    DS_VERIFY(cache->store(Scope, all.last(15), scoresOf(digests, 25, 15))); // later: stands by itself
    DS_VERIFY(cache->refute(trial, {}, {digests[12], "it differs"}));
    const auto found = cache->find(Scope, digests);
    DS_VERIFY(found);
    for (size_t i = 0; i < digests.size(); ++i)
        QCOMPARE((*found)[i].has_value(), i < 10 || i >= 25);
    QCOMPARE(countFound(*cache->find({Scope.modelChecksum, "other"}, digests)), int64_t(40));
    QCOMPARE(cache->info()->entries, int64_t(10 + 15 + 40));
}

/// Whoever says of which window the scores are reads no others; those of no window are everybody's.
void TestScoreCache::windowsAreApart() {
    const TemporaryFolder folder;
    const auto cache = openCache(folder / "scores.sqlite");
    const auto digests = digestsFrom(0, 30);
    const std::span<const Digest> all(digests);
    const Digest one = trialOf(Scope, "ACGT"), other = trialOf(Scope, "ACGA");
    DS_VERIFY(cache->store(Scope, all.first(10), scoresOf(digests, 0, 10), one));
    DS_VERIFY(cache->store(Scope, all.subspan(10, 10), scoresOf(digests, 10, 10), other));
    DS_VERIFY(cache->store(Scope, all.last(10), scoresOf(digests, 20, 10)));
    const auto ofOne = cache->findAny(Scope, digests, one);
    DS_VERIFY(ofOne);
    for (size_t i = 0; i < digests.size(); ++i)
        QCOMPARE((*ofOne)[i].has_value(), i < 10 || i >= 20);
    QCOMPARE(countRight(*cache->find(Scope, digests), digests), int64_t(30));
    QVERIFY(*cache->holds(Scope, one) && *cache->holds(Scope, digests[0]));
    QVERIFY(!*cache->holds({Scope.modelChecksum, "other"}, one));
}

/// It is counted twice until somebody meets both, and never given.
void TestScoreCache::whatStandsForAnotherReplacesIt() {
    const TemporaryFolder folder;
    const auto cache = openCache(folder / "scores.sqlite");
    const auto digests = digestsFrom(0, 3000);
    const std::span<const Digest> all(digests);
    DS_VERIFY(cache->store(Scope, digests, std::vector<double>(3000, 1.0)));
    DS_VERIFY(cache->store(Scope, all.subspan(1000, 500), std::vector<double>(500, 2.0)));
    DS_VERIFY(cache->store(Scope, all.first(1000), std::vector<double>(1000, 3.0)));
    // Few asked among many, many among few, and the same several times.
    std::vector<Digest> asked{digests[1200], digests[5], digests[2999], digests[1200]};
    const auto some = cache->find(Scope, asked);
    DS_VERIFY(some);
    QCOMPARE(*some, (std::vector<std::optional<double>>{2.0, 3.0, 1.0, 2.0}));
    QCOMPARE(cache->info()->entries, int64_t(4500 - 2));
    const auto every = cache->find(Scope, digests);
    DS_VERIFY(every);
    for (size_t i = 0; i < digests.size(); ++i)
        QCOMPARE((*every)[i].value(), i < 1000 ? 3.0 : i < 1500 ? 2.0 : 1.0);
    QCOMPARE(cache->info()->entries, int64_t(3000));
    DS_VERIFY(cache->verify());
    // All of a batch may be replaced: it goes.
    DS_VERIFY(cache->store(Scope, all.first(1000), std::vector<double>(1000, 4.0)));
    QCOMPARE(countFound(*cache->find(Scope, digests)), int64_t(3000));
    QCOMPARE(cache->info()->entries, int64_t(3000));
    DS_VERIFY(cache->verify());
}

void TestScoreCache::defaultFileFollowsXdg() {
    const TemporaryFolder folder;
    const QByteArray before = qgetenv("XDG_CACHE_HOME");
    qputenv("XDG_CACHE_HOME", folder.path().c_str());
    QCOMPARE(ScoreCache::defaultFile(), folder.path() / "diploscope" / "scores.sqlite");
    before.isNull() ? (void)qunsetenv("XDG_CACHE_HOME") : (void)qputenv("XDG_CACHE_HOME", before);
}

QTEST_GUILESS_MAIN(TestScoreCache)
#include "tst_score_cache.moc"
