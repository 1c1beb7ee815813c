// SPDX-License-Identifier: GPL-3.0-or-later
// Man page and completions are made from the commands' own definitions: whatever --help lists is in them.
#include "program.h"

#include <QRegularExpression>
#include <QStandardPaths>

using namespace diploscope;
using namespace diploscope::test;

namespace {

/// "analyze", "predixcan train": all commands, by what --help of those above says.
void addCommands(const std::filesystem::path& home, const QStringList& above, QList<QStringList>& commands) {
    const QString help = runProgram(home, above + QStringList{"--help"}).out;
    const qsizetype start = help.indexOf("\nSubcommands:\n");
    if (start < 0)
        return;
    const QRegularExpression entry("^  ([a-z-]+) ", QRegularExpression::MultilineOption);
    const qsizetype end = help.indexOf("\n\n", start + 2);
    for (auto i = entry.globalMatch(help.mid(start, end - start)); i.hasNext();) {
        const QStringList command = above + QStringList{i.next().captured(1)};
        commands << command;
        addCommands(home, command, commands);
    }
}

} // namespace

class TestManual : public QObject {
    Q_OBJECT

private:
    TemporaryFolder m_home;
    QList<QStringList> m_commands;

    QString said(const QStringList& arguments) {
        const Run run = runProgram(m_home.path(), arguments);
        return run.exitCode == 0 ? run.out : QString();
    }

private Q_SLOTS:
    void initTestCase() {
        addCommands(m_home.path(), {}, m_commands);
        QVERIFY2(m_commands.size() > 30, qPrintable(QString::number(m_commands.size())));
    }

    void everythingIsInThem() {
        const QString page = said({"manual"}).replace("\\-", "-");
        const QStringList completions{said({"completions", "bash"}), said({"completions", "zsh"}),
                                      said({"completions", "fish"})};
        for (const QStringList& command : m_commands) {
            const QString name = command.join(' ');
            QVERIFY2(page.contains("\n.SS " + name + "\n"), qPrintable(name));
            const QRegularExpression option("^  (?:-[a-zA-Z],)?--([a-z0-9-]+)",
                                            QRegularExpression::MultilineOption);
            const qsizetype start = page.indexOf("\n.SS " + name + "\n");
            const qsizetype next = page.indexOf("\n.SS ", start + 2);
            const QString own = page.mid(start, next < 0 ? -1 : next - start);
            const QString help = said(command + QStringList{"--help"});
            for (auto i = option.globalMatch(help); i.hasNext();) {
                const QString word = i.next().captured(1);
                if (word == "help")
                    continue;
                QVERIFY2(own.contains("\\fB--" + word + "\\fR"), qPrintable(name + " --" + word));
                QVERIFY2(completions[0].contains("--" + word), qPrintable(name + " --" + word));
                QVERIFY2(completions[1].contains("*--" + word + "["), qPrintable(name + " --" + word));
                QVERIFY2(completions[2].contains(" -l " + word + " "), qPrintable(name + " --" + word));
            }
        }
    }

    /// Whoever makes them: no folder of theirs is in them.
    void theyAreTheSameEverywhere() {
        const TemporaryFolder other;
        for (const QStringList& what :
             {QStringList{"manual"}, QStringList{"completions", "bash"}, QStringList{"completions", "zsh"},
              QStringList{"completions", "fish"}}) {
            const QString here = said(what);
            QVERIFY(!here.isEmpty());
            QCOMPARE(runProgram(other.path(), what).out, here);
            QVERIFY2(!here.contains(QString::fromStdString(m_home.path().string())),
                     qPrintable(what.join(' ')));
        }
    }

    void manReadsIt() {
        const QString man = QStandardPaths::findExecutable("groff");
        if (man.isEmpty())
            QSKIP("groff is not installed");
        const std::filesystem::path file = m_home / "diploscope.1";
        writeText(file, said({"manual"}).toStdString());
        QProcess groff;
        groff.start(man, {"-man", "-Tutf8", "-ww", "-z", QString::fromStdString(file.string())});
        QVERIFY(groff.waitForFinished());
        QCOMPARE(groff.exitCode(), 0);
        QCOMPARE(QString::fromUtf8(groff.readAllStandardError()), QString());
    }

    /// As a person types: `diploscope sn<Tab>`, `diploscope snapshot --theme <Tab>`.
    void bashOffers_data() {
        QTest::addColumn<QStringList>("typed");
        QTest::addColumn<QStringList>("offered");
        QTest::newRow("a command") << QStringList{"diploscope", "snap"} << QStringList{"snapshot"};
        QTest::newRow("one below") << QStringList{"diploscope", "predixcan", "tr"} << QStringList{"train"};
        QTest::newRow("an option") << QStringList{"diploscope", "snapshot", "--the"}
                                   << QStringList{"--theme"};
        QTest::newRow("its values") << QStringList{"diploscope", "snapshot", "--theme", ""}
                                    << QStringList{"light", "dark"};
        QTest::newRow("of another command") << QStringList{"diploscope", "check", "--the"} << QStringList{};
    }
    void bashOffers() {
        QFETCH(const QStringList, typed);
        QFETCH(const QStringList, offered);
        const std::filesystem::path file = m_home / "completions.bash";
        writeText(file, said({"completions", "bash"}).toStdString());
        QString words;
        for (const QString& word : typed)
            words += "'" + word + "' ";
        QProcess bash;
        bash.start("bash",
                   {"-c", QString("compopt() { :; }; . '%1'; COMP_WORDS=(%2); COMP_CWORD=%3; _diploscope; "
                                  "printf '%s\\n' \"${COMPREPLY[@]}\"")
                              .arg(QString::fromStdString(file.string()), words)
                              .arg(typed.size() - 1)});
        QVERIFY(bash.waitForFinished());
        QCOMPARE(QString::fromUtf8(bash.readAllStandardError()), QString());
        QCOMPARE(QString::fromUtf8(bash.readAllStandardOutput()).split('\n', Qt::SkipEmptyParts), offered);
    }
};

QTEST_GUILESS_MAIN(TestManual)
#include "tst_manual.moc"
