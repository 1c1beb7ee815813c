<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>Counted</name>
    <message numerus="yes">
        <source>%1 blocks</source>
        <translation>
            <numerusform>%1 Block</numerusform>
            <numerusform>%1 Blöcke</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 carriers</source>
        <translation>
            <numerusform>%1 Träger</numerusform>
            <numerusform>%1 Träger</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 changes</source>
        <translation>
            <numerusform>%1 Änderung</numerusform>
            <numerusform>%1 Änderungen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 choices</source>
        <translation>
            <numerusform>%1 Angabe</numerusform>
            <numerusform>%1 Angaben</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 contigs</source>
        <translation>
            <numerusform>%1 Contig</numerusform>
            <numerusform>%1 Contigs</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 copies</source>
        <translation>
            <numerusform>%1 Kopie</numerusform>
            <numerusform>%1 Kopien</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 drivers</source>
        <translation>
            <numerusform>%1 Treiber</numerusform>
            <numerusform>%1 Treiber</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 figures</source>
        <translation>
            <numerusform>%1 Abbildung</numerusform>
            <numerusform>%1 Abbildungen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 files</source>
        <translation>
            <numerusform>%1 Datei</numerusform>
            <numerusform>%1 Dateien</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 genes</source>
        <translation>
            <numerusform>%1 Gen</numerusform>
            <numerusform>%1 Gene</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 others</source>
        <translation>
            <numerusform>%1 andere</numerusform>
            <numerusform>%1 andere</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 own alleles</source>
        <translation>
            <numerusform>%1 eigenes Allel</numerusform>
            <numerusform>%1 eigene Allele</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 panels</source>
        <translation>
            <numerusform>%1 Feld</numerusform>
            <numerusform>%1 Felder</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 people</source>
        <translation>
            <numerusform>%1 Person</numerusform>
            <numerusform>%1 Personen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 problems</source>
        <translation>
            <numerusform>%1 Problem</numerusform>
            <numerusform>%1 Probleme</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 rarer ones</source>
        <translation>
            <numerusform>%1 seltenere</numerusform>
            <numerusform>%1 seltenere</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 scores</source>
        <translation>
            <numerusform>%1 Score</numerusform>
            <numerusform>%1 Scores</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 selected genes</source>
        <translation>
            <numerusform>%1 ausgewähltes Gen</numerusform>
            <numerusform>%1 ausgewählte Gene</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 selected people</source>
        <translation>
            <numerusform>%1 ausgewählte Person</numerusform>
            <numerusform>%1 ausgewählte Personen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 sets</source>
        <translation>
            <numerusform>%1 Menge</numerusform>
            <numerusform>%1 Mengen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 SNVs</source>
        <translation>
            <numerusform>%1 SNV</numerusform>
            <numerusform>%1 SNVs</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 threads</source>
        <translation>
            <numerusform>%1 Thread</numerusform>
            <numerusform>%1 Threads</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 tracks</source>
        <translation>
            <numerusform>%1 Spur</numerusform>
            <numerusform>%1 Spuren</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 variants</source>
        <translation>
            <numerusform>%1 Variante</numerusform>
            <numerusform>%1 Varianten</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 common SNVs</source>
        <translation>
            <numerusform>%1 häufigen SNV</numerusform>
            <numerusform>%1 häufigen SNVs</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 random changes</source>
        <translation>
            <numerusform>%1 zufälligen Änderung</numerusform>
            <numerusform>%1 zufälligen Änderungen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 sequences</source>
        <translation>
            <numerusform>%1 Sequenz</numerusform>
            <numerusform>%1 Sequenzen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 phenotypes</source>
        <translation>
            <numerusform>%1 Phänotyp</numerusform>
            <numerusform>%1 Phänotypen</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>QObject</name>
    <message>
        <source>model %1</source>
        <translation>Modell %1</translation>
    </message>
    <message>
        <source>gene %1, with what was selected in it</source>
        <translation>Gen %1 mit dem, was darin ausgewählt war</translation>
    </message>
    <message>
        <source>Select %1</source>
        <translation>%1 auswählen</translation>
    </message>
    <message>
        <source>Clear the selection</source>
        <translation>Auswahl aufheben</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>wartet</translation>
    </message>
    <message>
        <source>paused: what you look at goes first</source>
        <translation>pausiert: was Sie ansehen, geht vor</translation>
    </message>
    <message>
        <source>done</source>
        <translation>fertig</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>angehalten</translation>
    </message>
    <message>
        <source>another allele</source>
        <translation>ein anderes Allel</translation>
    </message>
    <message>
        <source>no genotype</source>
        <translation>kein Genotyp</translation>
    </message>
    <message>
        <source>too many for a tree: sorted from the first SNV on</source>
        <translation>zu viele für einen Baum: von der ersten SNV an sortiert</translation>
    </message>
    <message>
        <source>some genotypes are unphased, as listed</source>
        <translation>einige Genotypen sind ungephast, wie aufgeführt</translation>
    </message>
    <message>
        <source>haplotypes, by %1</source>
        <translation>Haplotypen, nach %1</translation>
    </message>
    <message>
        <source>haplotype %1</source>
        <translation>Haplotyp %1</translation>
    </message>
    <message>
        <source>its prediction %1</source>
        <translation>seine Vorhersage %1</translation>
    </message>
    <message>
        <source>LD of %1</source>
        <translation>LD von %1</translation>
    </message>
    <message>
        <source>%1 left out</source>
        <translation>%1 ausgelassen</translation>
    </message>
    <message>
        <source>%1 with too few genotypes</source>
        <translation>%1 mit zu wenigen Genotypen</translation>
    </message>
    <message>
        <source>r² %1, %2 bp apart</source>
        <translation>r² %1, %2 bp voneinander entfernt</translation>
    </message>
    <message>
        <source>mean %1</source>
        <translation>Mittel %1</translation>
    </message>
    <message>
        <source>signal %1</source>
        <translation>Signal %1</translation>
    </message>
    <message>
        <source>score %1</source>
        <translation>Score %1</translation>
    </message>
    <message>
        <source>summit %1</source>
        <translation>Gipfel %1</translation>
    </message>
    <message>
        <source>similarity</source>
        <translation>Ähnlichkeit</translation>
    </message>
    <message>
        <source>prediction</source>
        <translation>Vorhersage</translation>
    </message>
    <message>
        <source>expression</source>
        <translation>Expression</translation>
    </message>
    <message>
        <source>the selected SNV</source>
        <translation>der ausgewählten SNV</translation>
    </message>
    <message>
        <source>Effects by %1</source>
        <translation>Effekte nach %1</translation>
    </message>
    <message>
        <source>yours</source>
        <translation>eigenes</translation>
    </message>
    <message>
        <source>program</source>
        <translation>Programm</translation>
    </message>
    <message>
        <source>study</source>
        <translation>Studie</translation>
    </message>
    <message>
        <source>model.json has an error</source>
        <translation>model.json hat einen Fehler</translation>
    </message>
    <message>
        <source>ready</source>
        <translation>bereit</translation>
    </message>
    <message>
        <source>weights missing</source>
        <translation>Gewichte fehlen</translation>
    </message>
    <message>
        <source>%1, ISM effect</source>
        <translation>%1, ISM-Effekt</translation>
    </message>
    <message>
        <source>no SNV of this window is in the model&apos;s</source>
        <translation>keine SNV dieses Fensters liegt in dem des Modells</translation>
    </message>
    <message>
        <source>same sign</source>
        <translation>gleiches Vorzeichen</translation>
    </message>
    <message>
        <source>opposite sign</source>
        <translation>entgegengesetztes Vorzeichen</translation>
    </message>
    <message>
        <source>one has no effect</source>
        <translation>eines hat keinen Effekt</translation>
    </message>
    <message>
        <source>%1: ISM %2, %3</source>
        <translation>%1: ISM %2, %3</translation>
    </message>
    <message>
        <source>motifs</source>
        <translation>Motive</translation>
    </message>
    <message>
        <source>%1 more</source>
        <translation>%1 weitere</translation>
    </message>
    <message>
        <source> bits</source>
        <translation> Bit</translation>
    </message>
    <message>
        <source>p </source>
        <translation>p </translation>
    </message>
    <message>
        <source>motif %1</source>
        <translation>Motiv %1</translation>
    </message>
    <message>
        <source>observed</source>
        <translation>beobachtet</translation>
    </message>
    <message>
        <source>predicted</source>
        <translation>vorhergesagt</translation>
    </message>
    <message>
        <source>and %1 more</source>
        <translation>und %1 weitere</translation>
    </message>
    <message>
        <source>as they are</source>
        <translation>wie jetzt</translation>
    </message>
    <message>
        <source>%1 differs</source>
        <translation>%1 weicht ab</translation>
    </message>
    <message>
        <source>%1 differ</source>
        <translation>%1 weichen ab</translation>
    </message>
    <message>
        <source>cannot be compared</source>
        <translation>nicht vergleichbar</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>nicht bekannt</translation>
    </message>
    <message>
        <source>current results</source>
        <translation>aktuelle Ergebnisse</translation>
    </message>
    <message>
        <source>no model is open to compare</source>
        <translation>kein Modell zum Vergleich geöffnet</translation>
    </message>
    <message>
        <source>another model</source>
        <translation>ein anderes Modell</translation>
    </message>
    <message>
        <source>of an older version</source>
        <translation>von einer älteren Version</translation>
    </message>
    <message>
        <source>options as chosen now</source>
        <translation>Optionen wie jetzt gewählt</translation>
    </message>
    <message>
        <source>not in this gene: %1 (%2)</source>
        <translation>nicht in diesem Gen: %1 (%2)</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>nichts</translation>
    </message>
    <message>
        <source>LD with %1: r² %2, r %3</source>
        <translation>LD mit %1: r² %2, r %3</translation>
    </message>
    <message>
        <source>eQTL effects are given this one</source>
        <translation>eQTL-Effekte sind gegeben diese</translation>
    </message>
    <message>
        <source>eQTL slope given %1: </source>
        <translation>eQTL-Steigung gegeben %1: </translation>
    </message>
    <message>
        <source>nothing is left</source>
        <translation>nichts bleibt übrig</translation>
    </message>
    <message>
        <source>Model&apos;s effects</source>
        <translation>Effekte des Modells</translation>
    </message>
    <message>
        <source>eQTL</source>
        <translation>eQTL</translation>
    </message>
    <message>
        <source>Fine mapping</source>
        <translation>Feinkartierung</translation>
    </message>
    <message>
        <source>Missing genotypes</source>
        <translation>Fehlende Genotypen</translation>
    </message>
    <message>
        <source>Genotypes</source>
        <translation>Genotypen</translation>
    </message>
    <message>
        <source>LD of pairs</source>
        <translation>LD der Paare</translation>
    </message>
    <message>
        <source>%1, haplotype %2</source>
        <translation>%1, Haplotyp %2</translation>
    </message>
    <message>
        <source>Write files</source>
        <translation>Dateien schreiben</translation>
    </message>
    <message>
        <source>Write %1 into %2?</source>
        <translation>%1 in %2 schreiben?</translation>
    </message>
    <message>
        <source>All of them are there already and will be replaced.</source>
        <translation>Alle sind schon da und werden ersetzt.</translation>
    </message>
    <message>
        <source>There already, and will be replaced: %1</source>
        <translation>Schon da und werden ersetzt: %1</translation>
    </message>
    <message>
        <source>&amp;Write %1</source>
        <translation>%1 &amp;schreiben</translation>
    </message>
    <message>
        <source>&amp;Replace and write</source>
        <translation>&amp;Ersetzen und schreiben</translation>
    </message>
    <message>
        <source>Saving %1</source>
        <translation>%1 wird gespeichert</translation>
    </message>
    <message>
        <source>Genes</source>
        <translation>Gene</translation>
    </message>
    <message>
        <source>Jobs</source>
        <translation>Aufgaben</translation>
    </message>
    <message>
        <source>ISM, while the gradient is computed…</source>
        <translation>ISM, solange der Gradient berechnet wird…</translation>
    </message>
    <message>
        <source>gradient against ISM: r = %1</source>
        <translation>Gradient gegen ISM: r = %1</translation>
    </message>
    <message>
        <source>Stored runs</source>
        <translation>Gespeicherte Läufe</translation>
    </message>
    <message>
        <source>background</source>
        <translation>Hintergrund</translation>
    </message>
    <message>
        <source>threshold</source>
        <translation>Schwelle</translation>
    </message>
    <message>
        <source>attribution</source>
        <translation>Attribution</translation>
    </message>
    <message>
        <source>bases at locus</source>
        <translation>Basen am Lokus</translation>
    </message>
    <message>
        <source>distance, bp</source>
        <translation>Abstand, bp</translation>
    </message>
    <message>
        <source>people</source>
        <translation>Personen</translation>
    </message>
    <message>
        <source>&amp;Sort by</source>
        <translation>&amp;Sortieren nach</translation>
    </message>
    <message>
        <source>Track %1</source>
        <translation>Spur %1</translation>
    </message>
    <message>
        <source>%1: drag to put it elsewhere, drag the lower edge to resize; right click for more. By keys: up and down, + and −, Delete.</source>
        <translation>%1: ziehen, um sie zu verschieben, an der Unterkante ziehen, um die Höhe zu ändern; Rechtsklick für mehr. Mit Tasten: auf und ab, + und −, Entf.</translation>
    </message>
    <message>
        <source>%1 as in the reference</source>
        <translation>%1 wie in der Referenz</translation>
    </message>
    <message>
        <source>%1:%2, %3 bases for %4</source>
        <translation>%1:%2, %3 Basen für %4</translation>
    </message>
    <message>
        <source>mean difference of %1 haplotypes: %2</source>
        <translation>mittlere Differenz von %1 Haplotypen: %2</translation>
    </message>
    <message>
        <source>sd of the difference %1</source>
        <translation>SD der Differenz %1</translation>
    </message>
    <message>
        <source>%1 gave way</source>
        <translation>%1 verdrängt</translation>
    </message>
    <message>
        <source>r = %1 of predictions with the sum of effects</source>
        <translation>r = %1 der Vorhersagen mit der Summe der Effekte</translation>
    </message>
    <message>
        <source>; residuals of sd %1, the largest %2 (%3)</source>
        <translation>; Residuen mit SD %1, das größte %2 (%3)</translation>
    </message>
    <message>
        <source>The gene has no driver under this model.</source>
        <translation>Das Gen hat unter diesem Modell keinen Treiber.</translation>
    </message>
    <message>
        <source>The sum of effects does not vary among these people.</source>
        <translation>Die Summe der Effekte ist bei diesen Personen gleich.</translation>
    </message>
    <message>
        <source>No driver has to turn: with the signs as they are, R of the sum of effects is %1, and no other signs of the %2 give more.</source>
        <translation>Kein Treiber muss sich umkehren: mit den Vorzeichen, wie sie sind, ist R der Summe der Effekte %1, und keine anderen (%2) geben mehr.</translation>
    </message>
    <message>
        <source>%1 of %2 turned: %3. R of the sum of effects %4 → %5 (%6).</source>
        <translation>%1 umgekehrt (%2): %3. R der Summe der Effekte %4 → %5 (%6).</translation>
    </message>
    <message>
        <source>the best of all subsets</source>
        <translation>die beste aller Teilmengen</translation>
    </message>
    <message>
        <source>found one driver at a time</source>
        <translation>Treiber für Treiber gefunden</translation>
    </message>
    <message>
        <source> All %1 of as many drivers turned at random: R %2 %3, %4 reach it.</source>
        <translation> Alle so vielen zufällig umgekehrten Treiber (%1): R %2 %3, %4 erreichen es.</translation>
    </message>
    <message>
        <source> %1 of as many drivers turned at random: R %2 %3, %4 reach it.</source>
        <translation> So viele zufällig umgekehrte Treiber (%1): R %2 %3, %4 erreichen es.</translation>
    </message>
    <message>
        <source>no</source>
        <translation>nein</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>ja</translation>
    </message>
    <message>
        <source>by sign, undecidable ones included: %1 supported</source>
        <translation>nach Vorzeichen, nicht entscheidbare eingeschlossen: %1 gestützt</translation>
    </message>
    <message>
        <source>null not testable: all random predictors have the same |r|</source>
        <translation>Nullmodell nicht testbar: alle Zufallsprädiktoren haben dasselbe |r|</translation>
    </message>
    <message>
        <source>no drivers</source>
        <translation>keine Treiber</translation>
    </message>
    <message>
        <source>drivers undecidable</source>
        <translation>Treiber nicht entscheidbar</translation>
    </message>
    <message>
        <source>drivers undefined</source>
        <translation>Treiber nicht definiert</translation>
    </message>
    <message>
        <source>drivers supported</source>
        <translation>Treiber gestützt</translation>
    </message>
    <message>
        <source>drivers unsupported</source>
        <translation>Treiber nicht gestützt</translation>
    </message>
    <message>
        <source>drivers divided</source>
        <translation>Treiber uneinig</translation>
    </message>
    <message>
        <source>%1, %2 undecidable</source>
        <translation>%1, %2 nicht entscheidbar</translation>
    </message>
    <message>
        <source>null not testable: one |r| for all %1 random predictors</source>
        <translation>Nullmodell nicht testbar: ein |r| für alle %1 Zufallsprädiktoren</translation>
    </message>
    <message>
        <source>%1 (published, K = %2)</source>
        <translation>%1 (veröffentlicht, K = %2)</translation>
    </message>
    <message>
        <source>%1 (calibrated) · %2 (empirical, K = %3)</source>
        <translation>%1 (kalibriert) · %2 (empirisch, K = %3)</translation>
    </message>
    <message>
        <source>%1 (calibrated, K = %2)</source>
        <translation>%1 (kalibriert, K = %2)</translation>
    </message>
    <message>
        <source>null p: %1</source>
        <translation>Null-p: %1</translation>
    </message>
    <message>
        <source>Does the model correlate better than K random predictors, which give every SNV of the window a normal random weight? Mean and sd are of their |r|.</source>
        <translation>Korreliert das Modell besser als K Zufallsprädiktoren, die jeder SNV des Fensters ein normalverteiltes Zufallsgewicht geben? Mittel und SD sind die ihrer |r|.</translation>
    </message>
    <message>
        <source>Here every random predictor has the same |r|, because the window holds one SNV, or SNVs in perfect LD: no p, and no test among others.</source>
        <translation>Hier hat jeder Zufallsprädiktor dasselbe |r|, weil das Fenster eine SNV enthält oder SNVs in vollständigem LD: kein p und kein Test unter anderen.</translation>
    </message>
    <message>
        <source>Published: (|r| − mean) / √(sd / K), as the paper’s authors computed it; upper tail of t with K − 1 degrees of freedom, 1 where it is negative.</source>
        <translation>Veröffentlicht: (|r| − Mittel) / √(SD / K), wie die Autoren der Veröffentlichung es berechnet haben; oberes Ende von t mit K − 1 Freiheitsgraden, 1, wo es negativ ist.</translation>
    </message>
    <message>
        <source>Calibrated: (|r| − mean) / (sd · √(1 + 1 / K)), the model as one more draw; the same tail.</source>
        <translation>Kalibriert: (|r| − Mittel) / (SD · √(1 + 1 / K)), das Modell als eine weitere Ziehung; dasselbe Ende.</translation>
    </message>
    <message>
        <source>Empirical: the share of random predictors that reach the model’s |r|, the model counted among them.</source>
        <translation>Empirisch: der Anteil der Zufallsprädiktoren, die das |r| des Modells erreichen, das Modell mitgezählt.</translation>
    </message>
    <message>
        <source>Genotypes, not as they stand:</source>
        <translation>Genotypen, anders als sie dastehen:</translation>
    </message>
    <message>
        <source>Left out:</source>
        <translation>Ausgelassen:</translation>
    </message>
    <message>
        <source>The model is a table of predictions, which has nothing of %1 of these people</source>
        <translation>Das Modell ist eine Tabelle von Vorhersagen, in der %1 dieser Personen fehlen</translation>
    </message>
    <message>
        <source>%1 and tells of %2 others</source>
        <translation>%1 und %2 andere stehen</translation>
    </message>
    <message>
        <source>Rows of the model’s table in the window: %1</source>
        <translation>Zeilen der Tabelle des Modells im Fenster: %1</translation>
    </message>
    <message>
        <source>; %1 beyond it</source>
        <translation>; %1 außerhalb</translation>
    </message>
    <message>
        <source>. It has an effect of %1 of %2 SNVs; the others add nothing to predictions, and their effect is not known.</source>
        <translation>. Sie hat einen Effekt von %1 von %2 SNVs; die anderen tragen nichts zu Vorhersagen bei, und ihr Effekt ist nicht bekannt.</translation>
    </message>
    <message>
        <source>%1, without %2</source>
        <translation>%1, ohne %2</translation>
    </message>
    <message>
        <source>Rows of %1: %2.</source>
        <translation>Zeilen von %1: %2.</translation>
    </message>
    <message>
        <source>This model has no effects here: of single alleles nothing is said, and there are no drivers.</source>
        <translation>Dieses Modell hat hier keine Effekte: über einzelne Allele sagt es nichts, und es gibt keine Treiber.</translation>
    </message>
    <message>
        <source>computing %1 of %2</source>
        <translation>%1 von %2 berechnet</translation>
    </message>
    <message>
        <source>no verdict: correlation undefined</source>
        <translation>kein Urteil: Korrelation nicht definiert</translation>
    </message>
    <message>
        <source>no clear association · %1</source>
        <translation>kein klarer Zusammenhang · %1</translation>
    </message>
    <message>
        <source>weakly predicted · %1</source>
        <translation>schwach vorhergesagt · %1</translation>
    </message>
    <message>
        <source>weakly anti-correlated · %1</source>
        <translation>schwach antikorreliert · %1</translation>
    </message>
    <message>
        <source>well predicted · %1</source>
        <translation>gut vorhergesagt · %1</translation>
    </message>
    <message>
        <source>anti-correlated · %1</source>
        <translation>antikorreliert · %1</translation>
    </message>
    <message>
        <source>0 copies</source>
        <translation>0 Kopien</translation>
    </message>
    <message>
        <source>1 copy</source>
        <translation>1 Kopie</translation>
    </message>
    <message>
        <source>2 copies</source>
        <translation>2 Kopien</translation>
    </message>
    <message>
        <source>drivers not known yet</source>
        <translation>Treiber noch nicht bekannt</translation>
    </message>
    <message>
        <source>this model has no effects here, and so no drivers</source>
        <translation>dieses Modell hat hier keine Effekte und daher keine Treiber</translation>
    </message>
    <message>
        <source>no drivers: predictions do not differ</source>
        <translation>keine Treiber: Vorhersagen unterscheiden sich nicht</translation>
    </message>
    <message>
        <source>not additive (R_lin = %1)</source>
        <translation>nicht additiv (R_lin = %1)</translation>
    </message>
    <message>
        <source>the slope’s sign flips given the lead variant %1</source>
        <translation>das Vorzeichen der Steigung kehrt sich um, gegeben die Lead-Variante %1</translation>
    </message>
    <message>
        <source>by sign: %1 of %2 supported</source>
        <translation>nach Vorzeichen: %1 von %2 gestützt</translation>
    </message>
    <message>
        <source>%1, %2 of the gain</source>
        <translation>%1, %2 vom Gewinn</translation>
    </message>
    <message>
        <source>as published</source>
        <translation>wie veröffentlicht</translation>
    </message>
    <message>
        <source>gene</source>
        <translation>Gen</translation>
    </message>
    <message>
        <source>genes</source>
        <translation>Gene</translation>
    </message>
    <message>
        <source>significant, FDR 0.05, %1</source>
        <translation>signifikant, FDR 0.05, %1</translation>
    </message>
    <message>
        <source>of them anti-correlated</source>
        <translation>davon antikorreliert</translation>
    </message>
    <message>
        <source>not testable</source>
        <translation>nicht testbar</translation>
    </message>
    <message>
        <source>mean r</source>
        <translation>mittleres r</translation>
    </message>
    <message>
        <source>mean r, PrediXcan</source>
        <translation>mittleres r, PrediXcan</translation>
    </message>
    <message>
        <source>drivers in %1</source>
        <translation>Treiber in: %1</translation>
    </message>
    <message>
        <source> · null p %1</source>
        <translation> · Null-p %1</translation>
    </message>
    <message>
        <source> · not testable</source>
        <translation> · nicht testbar</translation>
    </message>
    <message>
        <source>Across people</source>
        <translation>Über Personen</translation>
    </message>
    <message>
        <source>Pearson r</source>
        <translation>Pearson-r</translation>
    </message>
    <message>
        <source>its two-sided p</source>
        <translation>sein zweiseitiges p</translation>
    </message>
    <message>
        <source>r, PrediXcan</source>
        <translation>r, PrediXcan</translation>
    </message>
    <message>
        <source>Gene-specific null</source>
        <translation>Nullmodell des Gens</translation>
    </message>
    <message>
        <source>one |r| for all</source>
        <translation>ein |r| für alle</translation>
    </message>
    <message>
        <source>Expression</source>
        <translation>Expression</translation>
    </message>
    <message>
        <source>%1 of %2 people</source>
        <translation>%1 von %2 Personen</translation>
    </message>
    <message>
        <source>left out of LD, lead, PIP and drivers</source>
        <translation>ausgelassen bei LD, Lead, PIP und Treibern</translation>
    </message>
    <message>
        <source>%1 with idle effects</source>
        <translation>%1 mit leerlaufenden Effekten</translation>
    </message>
    <message>
        <source>in no credible set</source>
        <translation>in keinem Credible Set</translation>
    </message>
    <message>
        <source>credible set %1 of %2</source>
        <translation>Credible Set %1 von %2</translation>
    </message>
    <message>
        <source>purity %1</source>
        <translation>Reinheit %1</translation>
    </message>
    <message>
        <source>imported</source>
        <translation>importiert</translation>
    </message>
    <message>
        <source>slope %1</source>
        <translation>Steigung %1</translation>
    </message>
    <message>
        <source>set %1</source>
        <translation>Set %1</translation>
    </message>
    <message>
        <source>gain %1</source>
        <translation>Gewinn %1</translation>
    </message>
    <message>
        <source>main</source>
        <translation>Haupttreiber</translation>
    </message>
    <message>
        <source>same sign in %1</source>
        <translation>gleiches Vorzeichen in %1</translation>
    </message>
    <message>
        <source>resampled</source>
        <translation>Ziehungen</translation>
    </message>
    <message>
        <source>the gene’s lead variant</source>
        <translation>die Lead-Variante des Gens</translation>
    </message>
    <message>
        <source>the table that is the model has no effect of it: no verdict</source>
        <translation>die Tabelle, die das Modell ist, hat keinen Effekt von ihr: kein Urteil</translation>
    </message>
    <message>
        <source>the model&apos;s effect is not known yet</source>
        <translation>der Effekt des Modells ist noch nicht bekannt</translation>
    </message>
    <message>
        <source>the observed effect is undefined: no verdict</source>
        <translation>der beobachtete Effekt ist nicht definiert: kein Urteil</translation>
    </message>
    <message>
        <source>the model sees no effect: no verdict</source>
        <translation>das Modell sieht keinen Effekt: kein Urteil</translation>
    </message>
    <message>
        <source>no observed effect: no verdict</source>
        <translation>kein beobachteter Effekt: kein Urteil</translation>
    </message>
    <message>
        <source>observed and predicted both rise: right sign</source>
        <translation>beobachtet und vorhergesagt steigen: Vorzeichen richtig</translation>
    </message>
    <message>
        <source>observed and predicted both fall: right sign</source>
        <translation>beobachtet und vorhergesagt fallen: Vorzeichen richtig</translation>
    </message>
    <message>
        <source>observed falls, predicted rises: wrong sign</source>
        <translation>beobachtet fällt, vorhergesagt steigt: Vorzeichen falsch</translation>
    </message>
    <message>
        <source>observed rises, predicted falls: wrong sign</source>
        <translation>beobachtet steigt, vorhergesagt fällt: Vorzeichen falsch</translation>
    </message>
    <message>
        <source>%1, but undecidable: %2</source>
        <translation>%1, aber nicht entscheidbar: %2</translation>
    </message>
    <message>
        <source>the observed effect is not clear</source>
        <translation>der beobachtete Effekt ist nicht klar</translation>
    </message>
    <message>
        <source>%1 from TSS</source>
        <translation>%1 vom TSS</translation>
    </message>
    <message>
        <source>carrier fraction %1</source>
        <translation>Trägeranteil %1</translation>
    </message>
    <message>
        <source>observed %1</source>
        <translation>beobachtet %1</translation>
    </message>
    <message>
        <source>predicted %1</source>
        <translation>vorhergesagt %1</translation>
    </message>
    <message>
        <source>haplotypes %1, %2</source>
        <translation>Haplotypen %1, %2</translation>
    </message>
    <message>
        <source>the slope’s 95 % interval holds %1</source>
        <translation>das 95-%-Intervall der Steigung enthält %1</translation>
    </message>
    <message>
        <source>Carriers</source>
        <translation>Träger</translation>
    </message>
    <message>
        <source>%1 and %2</source>
        <translation>%1 und %2</translation>
    </message>
    <message>
        <source>larger than all of %1, %2 from the TSS</source>
        <translation>größer als alle von %1, %2 vom TSS</translation>
    </message>
    <message>
        <source>larger than %1 % of %2, %3 from the TSS</source>
        <translation>größer als %1 % von %2, %3 vom TSS</translation>
    </message>
    <message>
        <source>how large</source>
        <translation>wie groß</translation>
    </message>
    <message>
        <source>one copy, %1</source>
        <translation>eine Kopie, %1</translation>
    </message>
    <message>
        <source>%1, centre of %2</source>
        <translation>%1, Mitte von %2</translation>
    </message>
    <message>
        <source>%1 from the centre</source>
        <translation>%1 von der Mitte</translation>
    </message>
    <message>
        <source>larger than all of %1, %2 from the centre</source>
        <translation>größer als alle von %1, %2 von der Mitte</translation>
    </message>
    <message>
        <source>larger than %1 % of %2, %3 from the centre</source>
        <translation>größer als %1 % von %2, %3 von der Mitte</translation>
    </message>
    <message>
        <source>their reads %1, %2</source>
        <translation>ihre Reads %1, %2</translation>
    </message>
</context>
<context>
    <name>StudyDraft</name>
    <message>
        <source>%1, %2 people, one file for each of %3 chromosomes</source>
        <translation>%1, %2 Personen, je eine Datei für %3 Chromosomen</translation>
    </message>
    <message>
        <source>its transcripts as a track: %1</source>
        <translation>ihre Transkripte als Spur: %1</translation>
    </message>
    <message>
        <source>genome build</source>
        <translation>Genom-Version</translation>
    </message>
    <message>
        <source>Reference</source>
        <translation>Referenz</translation>
    </message>
    <message>
        <source>Annotation</source>
        <translation>Annotation</translation>
    </message>
    <message>
        <source>Genotypes</source>
        <translation>Genotypen</translation>
    </message>
    <message>
        <source>Expression</source>
        <translation>Expression</translation>
    </message>
    <message>
        <source>Covariates</source>
        <translation>Kovariaten</translation>
    </message>
    <message>
        <source>Sample map</source>
        <translation>Probenliste</translation>
    </message>
    <message>
        <source>phased genotypes</source>
        <translation>gephaste Genotypen</translation>
    </message>
    <message>
        <source>genotypes without phase</source>
        <translation>Genotypen ohne Phase</translation>
    </message>
    <message>
        <source>reference</source>
        <translation>Referenz</translation>
    </message>
    <message>
        <source>annotation</source>
        <translation>Annotation</translation>
    </message>
    <message>
        <source>genotypes</source>
        <translation>Genotypen</translation>
    </message>
    <message>
        <source>expression</source>
        <translation>Expression</translation>
    </message>
    <message>
        <source>covariates</source>
        <translation>Kovariaten</translation>
    </message>
    <message>
        <source>sample map</source>
        <translation>Probenliste</translation>
    </message>
</context>
<context>
    <name>core</name>
    <message>
        <source>model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>gene id</source>
        <translation>Gen-Kennung</translation>
    </message>
    <message>
        <source>Gene</source>
        <translation>Gen</translation>
    </message>
    <message>
        <source>chromosome</source>
        <translation>Chromosom</translation>
    </message>
    <message>
        <source>strand</source>
        <translation>Strang</translation>
    </message>
    <message>
        <source>causal</source>
        <translation>kausal</translation>
    </message>
    <message>
        <source>main driver</source>
        <translation>Haupttreiber</translation>
    </message>
    <message>
        <source>failure</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>TSS</source>
        <translation>TSS</translation>
    </message>
    <message>
        <source>reference score</source>
        <translation>Score der Referenz</translation>
    </message>
    <message>
        <source>people</source>
        <translation>Personen</translation>
    </message>
    <message>
        <source>SNVs</source>
        <translation>SNVs</translation>
    </message>
    <message>
        <source>r</source>
        <translation>r</translation>
    </message>
    <message>
        <source>p</source>
        <translation>p</translation>
    </message>
    <message>
        <source>log10 p</source>
        <translation>log10 p</translation>
    </message>
    <message>
        <source>r, low</source>
        <translation>r, unten</translation>
    </message>
    <message>
        <source>r, high</source>
        <translation>r, oben</translation>
    </message>
    <message>
        <source>rho</source>
        <translation>rho</translation>
    </message>
    <message>
        <source>slope</source>
        <translation>Steigung</translation>
    </message>
    <message>
        <source>observed, mean</source>
        <translation>beobachtet, Mittel</translation>
    </message>
    <message>
        <source>observed, sd</source>
        <translation>beobachtet, SD</translation>
    </message>
    <message>
        <source>predicted, mean</source>
        <translation>vorhergesagt, Mittel</translation>
    </message>
    <message>
        <source>predicted, sd</source>
        <translation>vorhergesagt, SD</translation>
    </message>
    <message>
        <source>R_lin</source>
        <translation>R_lin</translation>
    </message>
    <message>
        <source>additive</source>
        <translation>additiv</translation>
    </message>
    <message>
        <source>drivers</source>
        <translation>Treiber</translation>
    </message>
    <message>
        <source>fraction supported</source>
        <translation>gestützter Anteil</translation>
    </message>
    <message>
        <source>fraction of gain supported</source>
        <translation>gestützter Anteil am Gewinn</translation>
    </message>
    <message>
        <source>supported</source>
        <translation>gestützt</translation>
    </message>
    <message>
        <source>unsupported</source>
        <translation>nicht gestützt</translation>
    </message>
    <message>
        <source>undecidable</source>
        <translation>nicht entscheidbar</translation>
    </message>
    <message>
        <source>credible sets</source>
        <translation>Credible Sets</translation>
    </message>
    <message>
        <source>random |r|, mean</source>
        <translation>zufälliges |r|, Mittel</translation>
    </message>
    <message>
        <source>random |r|, sd</source>
        <translation>zufälliges |r|, SD</translation>
    </message>
    <message>
        <source>testable</source>
        <translation>testbar</translation>
    </message>
    <message>
        <source>p, as published</source>
        <translation>p, wie veröffentlicht</translation>
    </message>
    <message>
        <source>p, calibrated</source>
        <translation>p, kalibriert</translation>
    </message>
    <message>
        <source>p, empirical</source>
        <translation>p, empirisch</translation>
    </message>
    <message>
        <source>log10 p, as published</source>
        <translation>log10 p, wie veröffentlicht</translation>
    </message>
    <message>
        <source>log10 p, calibrated</source>
        <translation>log10 p, kalibriert</translation>
    </message>
    <message>
        <source>PrediXcan</source>
        <translation>PrediXcan</translation>
    </message>
    <message>
        <source>main ISM</source>
        <translation>ISM des Haupttreibers</translation>
    </message>
    <message>
        <source>main slope</source>
        <translation>Steigung des Haupttreibers</translation>
    </message>
    <message>
        <source>main, to TSS</source>
        <translation>Haupttreiber, zum TSS</translation>
    </message>
    <message>
        <source>main gain</source>
        <translation>Gewinn des Haupttreibers</translation>
    </message>
    <message>
        <source>main, right sign</source>
        <translation>Haupttreiber, Vorzeichen richtig</translation>
    </message>
    <message>
        <source>null p</source>
        <translation>Null-p</translation>
    </message>
    <message>
        <source>q</source>
        <translation>q</translation>
    </message>
    <message>
        <source>Bonferroni</source>
        <translation>Bonferroni</translation>
    </message>
    <message>
        <source>REF</source>
        <translation>REF</translation>
    </message>
    <message>
        <source>ALT</source>
        <translation>ALT</translation>
    </message>
    <message>
        <source>effect allele</source>
        <translation>Effektallel</translation>
    </message>
    <message>
        <source>position</source>
        <translation>Position</translation>
    </message>
    <message>
        <source>to TSS</source>
        <translation>zum TSS</translation>
    </message>
    <message>
        <source>ISM</source>
        <translation>ISM</translation>
    </message>
    <message>
        <source>relative ISM</source>
        <translation>relatives ISM</translation>
    </message>
    <message>
        <source>gain</source>
        <translation>Gewinn</translation>
    </message>
    <message>
        <source>own r</source>
        <translation>eigenes r</translation>
    </message>
    <message>
        <source>loss without</source>
        <translation>Verlust ohne</translation>
    </message>
    <message>
        <source>loss without, share</source>
        <translation>Verlust ohne, Anteil</translation>
    </message>
    <message>
        <source>genotype r</source>
        <translation>r des Genotyps</translation>
    </message>
    <message>
        <source>carriers</source>
        <translation>Träger</translation>
    </message>
    <message>
        <source>carriers, %</source>
        <translation>Träger, %</translation>
    </message>
    <message>
        <source>right sign</source>
        <translation>Vorzeichen richtig</translation>
    </message>
    <message>
        <source>main</source>
        <translation>Haupttreiber</translation>
    </message>
    <message>
        <source>verdict</source>
        <translation>Urteil</translation>
    </message>
    <message>
        <source>SNV</source>
        <translation>SNV</translation>
    </message>
    <message>
        <source>ALT frequency</source>
        <translation>ALT-Frequenz</translation>
    </message>
    <message>
        <source>MAF</source>
        <translation>MAF</translation>
    </message>
    <message>
        <source>carriers, fraction</source>
        <translation>Träger, Anteil</translation>
    </message>
    <message>
        <source>missing</source>
        <translation>fehlend</translation>
    </message>
    <message>
        <source>ISM, sd</source>
        <translation>ISM, SD</translation>
    </message>
    <message>
        <source>gradient</source>
        <translation>Gradient</translation>
    </message>
    <message>
        <source>se</source>
        <translation>SE</translation>
    </message>
    <message>
        <source>slope, low</source>
        <translation>Steigung, unten</translation>
    </message>
    <message>
        <source>slope, high</source>
        <translation>Steigung, oben</translation>
    </message>
    <message>
        <source>t</source>
        <translation>t</translation>
    </message>
    <message>
        <source>eQTL p</source>
        <translation>eQTL-p</translation>
    </message>
    <message>
        <source>eQTL r</source>
        <translation>eQTL-r</translation>
    </message>
    <message>
        <source>driver</source>
        <translation>Treiber</translation>
    </message>
    <message>
        <source>lead</source>
        <translation>Lead</translation>
    </message>
    <message>
        <source>given lead</source>
        <translation>gegeben Lead</translation>
    </message>
    <message>
        <source>se given lead</source>
        <translation>SE gegeben Lead</translation>
    </message>
    <message>
        <source>p given lead</source>
        <translation>p gegeben Lead</translation>
    </message>
    <message>
        <source>PIP, susieR</source>
        <translation>PIP, susieR</translation>
    </message>
    <message>
        <source>PIP</source>
        <translation>PIP</translation>
    </message>
    <message>
        <source>credible set</source>
        <translation>Credible Set</translation>
    </message>
    <message>
        <source>slope, imported</source>
        <translation>Steigung, importiert</translation>
    </message>
    <message>
        <source>se, imported</source>
        <translation>SE, importiert</translation>
    </message>
    <message>
        <source>p, imported</source>
        <translation>p, importiert</translation>
    </message>
    <message>
        <source>PIP, imported</source>
        <translation>PIP, importiert</translation>
    </message>
    <message>
        <source>credible set, imported</source>
        <translation>Credible Set, importiert</translation>
    </message>
    <message>
        <source>eQTL df</source>
        <translation>eQTL-FG</translation>
    </message>
    <message>
        <source>own p</source>
        <translation>eigenes p</translation>
    </message>
    <message>
        <source>resampled slope, low</source>
        <translation>Steigung der Ziehungen, unten</translation>
    </message>
    <message>
        <source>resampled slope, high</source>
        <translation>Steigung der Ziehungen, oben</translation>
    </message>
    <message>
        <source>held</source>
        <translation>hielt</translation>
    </message>
    <message>
        <source>The model&apos;s name</source>
        <translation>Der Name des Modells</translation>
    </message>
    <message>
        <source>The gene&apos;s id, without version</source>
        <translation>Die Kennung des Gens, ohne Version</translation>
    </message>
    <message>
        <source>The gene&apos;s symbol</source>
        <translation>Das Symbol des Gens</translation>
    </message>
    <message>
        <source>Contig, named as in the reference genome</source>
        <translation>Contig, benannt wie im Referenzgenom</translation>
    </message>
    <message>
        <source>Forward (+) or reverse (-)</source>
        <translation>Vorwärts (+) oder rückwärts (-)</translation>
    </message>
    <message>
        <source>Causal variants that a published table names</source>
        <translation>Kausale Varianten, die eine veröffentlichte Tabelle nennt</translation>
    </message>
    <message>
        <source>Place and alleles of the driver with the largest gain</source>
        <translation>Ort und Allele des Treibers mit dem größten Gewinn</translation>
    </message>
    <message>
        <source>Why the gene could not be analysed</source>
        <translation>Warum das Gen nicht analysiert werden konnte</translation>
    </message>
    <message>
        <source>Transcription start site, 1-based</source>
        <translation>Transkriptionsstart, von 1 an gezählt</translation>
    </message>
    <message>
        <source>The model&apos;s score of the reference sequence</source>
        <translation>Der Score des Modells für die Referenzsequenz</translation>
    </message>
    <message>
        <source>People with a prediction and observed expression</source>
        <translation>Personen mit Vorhersage und beobachteter Expression</translation>
    </message>
    <message>
        <source>SNVs of the window that somebody carries</source>
        <translation>SNVs des Fensters, die jemand trägt</translation>
    </message>
    <message>
        <source>Pearson correlation of predicted and observed expression over people</source>
        <translation>Pearson-Korrelation von vorhergesagter und beobachteter Expression über Personen</translation>
    </message>
    <message>
        <source>Two-sided p of r, by t with n − 2 degrees of freedom</source>
        <translation>Zweiseitiges p von r, nach t mit n − 2 Freiheitsgraden</translation>
    </message>
    <message>
        <source>Logarithm of that p, right at any size</source>
        <translation>Logarithmus dieses p, richtig in jeder Größe</translation>
    </message>
    <message>
        <source>Lower end of the bootstrap 95 % interval of r</source>
        <translation>Unteres Ende des 95-%-Bootstrap-Intervalls von r</translation>
    </message>
    <message>
        <source>Upper end of the bootstrap 95 % interval of r</source>
        <translation>Oberes Ende des 95-%-Bootstrap-Intervalls von r</translation>
    </message>
    <message>
        <source>Spearman correlation of predicted and observed expression over people</source>
        <translation>Spearman-Korrelation von vorhergesagter und beobachteter Expression über Personen</translation>
    </message>
    <message>
        <source>Slope of predicted on observed expression</source>
        <translation>Steigung der vorhergesagten über der beobachteten Expression</translation>
    </message>
    <message>
        <source>Mean observed expression</source>
        <translation>Mittlere beobachtete Expression</translation>
    </message>
    <message>
        <source>Standard deviation of observed expression</source>
        <translation>Standardabweichung der beobachteten Expression</translation>
    </message>
    <message>
        <source>Mean prediction</source>
        <translation>Mittlere Vorhersage</translation>
    </message>
    <message>
        <source>Standard deviation of the predictions</source>
        <translation>Standardabweichung der Vorhersagen</translation>
    </message>
    <message>
        <source>Correlation of the linear approximation with the prediction</source>
        <translation>Korrelation der linearen Näherung mit der Vorhersage</translation>
    </message>
    <message>
        <source>Whether R_lin is large enough for drivers to be looked for</source>
        <translation>Ob R_lin groß genug ist, um nach Treibern zu suchen</translation>
    </message>
    <message>
        <source>SNVs that the model&apos;s differences between people hang on</source>
        <translation>SNVs, an denen die Unterschiede des Modells zwischen Personen hängen</translation>
    </message>
    <message>
        <source>Of the drivers with a slope those supported by sign, undecidable ones included</source>
        <translation>Von den Treibern mit Steigung die nach Vorzeichen gestützten, nicht entscheidbare eingeschlossen</translation>
    </message>
    <message>
        <source>The same with each driver weighted by its gain</source>
        <translation>Dasselbe, jeder Treiber mit seinem Gewinn gewichtet</translation>
    </message>
    <message>
        <source>Drivers that are supported, and these people can tell</source>
        <translation>Gestützte Treiber, soweit diese Personen es entscheiden</translation>
    </message>
    <message>
        <source>Drivers that are unsupported, and these people can tell</source>
        <translation>Nicht gestützte Treiber, soweit diese Personen es entscheiden</translation>
    </message>
    <message>
        <source>Drivers with a sign that these people cannot decide</source>
        <translation>Treiber mit einem Vorzeichen, über das diese Personen nicht entscheiden</translation>
    </message>
    <message>
        <source>95 % credible sets of SuSiE</source>
        <translation>95-%-Credible-Sets von SuSiE</translation>
    </message>
    <message>
        <source>Mean |r| of the gene&apos;s first 50 random predictors</source>
        <translation>Mittleres |r| der ersten 50 Zufallsprädiktoren des Gens</translation>
    </message>
    <message>
        <source>Standard deviation of their |r|, divided by K</source>
        <translation>Standardabweichung ihres |r|, geteilt durch K</translation>
    </message>
    <message>
        <source>Whether |r| of the random predictors differs, so that one can stand out</source>
        <translation>Ob sich |r| der Zufallsprädiktoren unterscheidet, so dass eines herausragen kann</translation>
    </message>
    <message>
        <source>p of r against the null as the paper&apos;s authors computed it</source>
        <translation>p von r gegen das Nullmodell, wie es die Autoren der Veröffentlichung berechnet haben</translation>
    </message>
    <message>
        <source>p of r as one more draw of the null</source>
        <translation>p von r als einer weiteren Ziehung aus dem Nullmodell</translation>
    </message>
    <message>
        <source>p of r by its rank among the random predictors</source>
        <translation>p von r nach seinem Rang unter den Zufallsprädiktoren</translation>
    </message>
    <message>
        <source>Logarithm of p_published, right at any size</source>
        <translation>Logarithmus von p_published, richtig in jeder Größe</translation>
    </message>
    <message>
        <source>Logarithm of p_calibrated, right at any size</source>
        <translation>Logarithmus von p_calibrated, richtig in jeder Größe</translation>
    </message>
    <message>
        <source>Pearson correlation of PrediXcan&apos;s prediction and observed expression</source>
        <translation>Pearson-Korrelation der Vorhersage von PrediXcan und der beobachteten Expression</translation>
    </message>
    <message>
        <source>ISM of the main driver</source>
        <translation>ISM des Haupttreibers</translation>
    </message>
    <message>
        <source>eQTL slope of the main driver</source>
        <translation>eQTL-Steigung des Haupttreibers</translation>
    </message>
    <message>
        <source>Distance of the main driver to the TSS</source>
        <translation>Abstand des Haupttreibers vom TSS</translation>
    </message>
    <message>
        <source>Gain of the main driver</source>
        <translation>Gewinn des Haupttreibers</translation>
    </message>
    <message>
        <source>Whether ISM and eQTL slope of the main driver have the same sign</source>
        <translation>Ob ISM und eQTL-Steigung des Haupttreibers dasselbe Vorzeichen haben</translation>
    </message>
    <message>
        <source>p of r against the gene&apos;s random predictors</source>
        <translation>p von r gegen die Zufallsprädiktoren des Gens</translation>
    </message>
    <message>
        <source>Benjamini-Hochberg q of the null p over the genes analysed</source>
        <translation>q nach Benjamini-Hochberg des Null-p über die analysierten Gene</translation>
    </message>
    <message>
        <source>The null p times the number of genes tested, at most 1</source>
        <translation>Das Null-p mal der Zahl der getesteten Gene, höchstens 1</translation>
    </message>
    <message>
        <source>Allele of the reference genome</source>
        <translation>Allel des Referenzgenoms</translation>
    </message>
    <message>
        <source>The most common other allele of its record in the cohort</source>
        <translation>Das häufigste andere Allel seines Eintrags in der Kohorte</translation>
    </message>
    <message>
        <source>The allele that effects are per copy of</source>
        <translation>Das Allel, für dessen Kopie Effekte gelten</translation>
    </message>
    <message>
        <source>Place of the variant, 1-based</source>
        <translation>Ort der Variante, von 1 an gezählt</translation>
    </message>
    <message>
        <source>Distance to the TSS, positive downstream in the gene&apos;s direction; of published tables position - TSS</source>
        <translation>Abstand vom TSS, positiv stromabwärts in Richtung des Gens; in veröffentlichten Tabellen Position - TSS</translation>
    </message>
    <message>
        <source>The model&apos;s effect of one copy of the effect allele</source>
        <translation>Effekt einer Kopie des Effektallels nach dem Modell</translation>
    </message>
    <message>
        <source>ISM as a share of the gene&apos;s largest |ISM|</source>
        <translation>ISM als Anteil am größten |ISM| des Gens</translation>
    </message>
    <message>
        <source>How much the SNV adds to the correlation of the linear approximation with the prediction</source>
        <translation>Wie viel die SNV zur Korrelation der linearen Näherung mit der Vorhersage beiträgt</translation>
    </message>
    <message>
        <source>Correlation of the driver&apos;s own contribution with the prediction</source>
        <translation>Korrelation des eigenen Beitrags des Treibers mit der Vorhersage</translation>
    </message>
    <message>
        <source>R_lin less the correlation of the linear approximation without the driver</source>
        <translation>R_lin minus der Korrelation der linearen Näherung ohne den Treiber</translation>
    </message>
    <message>
        <source>What is lost without the driver as a share, of imported published tables only</source>
        <translation>Was ohne den Treiber verloren geht, als Anteil, nur aus importierten veröffentlichten Tabellen</translation>
    </message>
    <message>
        <source>Observed expression per copy of the effect allele (eQTL slope)</source>
        <translation>Beobachtete Expression je Kopie des Effektallels (eQTL-Steigung)</translation>
    </message>
    <message>
        <source>Correlation of the effect allele&apos;s copies with observed expression</source>
        <translation>Korrelation der Kopien des Effektallels mit der beobachteten Expression</translation>
    </message>
    <message>
        <source>People with at least one ALT allele</source>
        <translation>Personen mit mindestens einem ALT-Allel</translation>
    </message>
    <message>
        <source>People with at least one ALT allele, of all</source>
        <translation>Personen mit mindestens einem ALT-Allel, von allen</translation>
    </message>
    <message>
        <source>Whether ISM and eQTL slope have the same sign</source>
        <translation>Ob ISM und eQTL-Steigung dasselbe Vorzeichen haben</translation>
    </message>
    <message>
        <source>Whether these people cannot decide the verdict by sign</source>
        <translation>Ob diese Personen das Urteil nach Vorzeichen nicht entscheiden können</translation>
    </message>
    <message>
        <source>Whether the driver has the gene&apos;s largest gain</source>
        <translation>Ob der Treiber den größten Gewinn des Gens hat</translation>
    </message>
    <message>
        <source>Does the observed effect have the model&apos;s sign? Undecidable where these people cannot tell.</source>
        <translation>Hat der beobachtete Effekt das Vorzeichen des Modells? Nicht entscheidbar, wo diese Personen es nicht zeigen.</translation>
    </message>
    <message>
        <source>Its id in the genotypes, a dot where it has none</source>
        <translation>Ihre Kennung in den Genotypen, ein Punkt, wo sie keine hat</translation>
    </message>
    <message>
        <source>Frequency of ALT over the haplotypes with a known allele</source>
        <translation>Häufigkeit von ALT über die Haplotypen mit bekanntem Allel</translation>
    </message>
    <message>
        <source>Frequency of ALT or of all else, whichever is rarer</source>
        <translation>Häufigkeit von ALT oder von allem anderen, je nachdem, was seltener ist</translation>
    </message>
    <message>
        <source>Of the people with a genotype those with any non-reference allele there</source>
        <translation>Von den Personen mit Genotyp die mit irgendeinem Nicht-Referenz-Allel dort</translation>
    </message>
    <message>
        <source>People without a genotype of it</source>
        <translation>Personen ohne Genotyp an ihr</translation>
    </message>
    <message>
        <source>Standard deviation of ISM over the shifts, strands and models that it is the mean of</source>
        <translation>Standardabweichung von ISM über die Verschiebungen, Stränge und Modelle, deren Mittel es ist</translation>
    </message>
    <message>
        <source>First order of ISM, from the model&apos;s gradient at the reference</source>
        <translation>Erste Ordnung von ISM, aus dem Gradienten des Modells an der Referenz</translation>
    </message>
    <message>
        <source>Standard error of the eQTL slope</source>
        <translation>Standardfehler der eQTL-Steigung</translation>
    </message>
    <message>
        <source>Lower end of the slope&apos;s 95 % interval by t</source>
        <translation>Unteres Ende des 95-%-Intervalls der Steigung nach t</translation>
    </message>
    <message>
        <source>Upper end of the slope&apos;s 95 % interval by t</source>
        <translation>Oberes Ende des 95-%-Intervalls der Steigung nach t</translation>
    </message>
    <message>
        <source>The eQTL slope over its standard error</source>
        <translation>Die eQTL-Steigung durch ihren Standardfehler</translation>
    </message>
    <message>
        <source>Two-sided p of the eQTL slope</source>
        <translation>Zweiseitiges p der eQTL-Steigung</translation>
    </message>
    <message>
        <source>Correlation of dosage and observed expression, covariates taken out</source>
        <translation>Korrelation von Dosis und beobachteter Expression, Kovariaten herausgerechnet</translation>
    </message>
    <message>
        <source>Whether the model&apos;s differences between people hang on it</source>
        <translation>Ob die Unterschiede des Modells zwischen Personen an ihr hängen</translation>
    </message>
    <message>
        <source>Whether it is the gene&apos;s lead variant, which has the smallest eQTL p</source>
        <translation>Ob sie die Lead-Variante des Gens ist, die mit dem kleinsten eQTL-p</translation>
    </message>
    <message>
        <source>eQTL slope with the lead variant&apos;s dosage as a covariate</source>
        <translation>eQTL-Steigung mit der Dosis der Lead-Variante als Kovariate</translation>
    </message>
    <message>
        <source>Standard error of that slope</source>
        <translation>Standardfehler dieser Steigung</translation>
    </message>
    <message>
        <source>Two-sided p of that slope</source>
        <translation>Zweiseitiges p dieser Steigung</translation>
    </message>
    <message>
        <source>Probability that it is causal (SuSiE), as susieR has it</source>
        <translation>Wahrscheinlichkeit, dass sie kausal ist (SuSiE), wie susieR sie angibt</translation>
    </message>
    <message>
        <source>The same of effects that are not idle: what plots show</source>
        <translation>Dasselbe für Effekte, die nicht leerlaufen: was Diagramme zeigen</translation>
    </message>
    <message>
        <source>Number of the 95 % credible set that it is in, from 1</source>
        <translation>Nummer des 95-%-Credible-Sets, in dem sie ist, ab 1</translation>
    </message>
    <message>
        <source>Slope per copy of the effect allele, of the first of the study&apos;s tables that has it</source>
        <translation>Steigung je Kopie des Effektallels, aus der ersten Tabelle der Studie, die sie hat</translation>
    </message>
    <message>
        <source>p of that slope</source>
        <translation>p dieser Steigung</translation>
    </message>
    <message>
        <source>PIP of the first of the study&apos;s tables that has it</source>
        <translation>PIP aus der ersten Tabelle der Studie, die sie hat</translation>
    </message>
    <message>
        <source>That table&apos;s credible set with it</source>
        <translation>Das Credible Set dieser Tabelle mit ihr</translation>
    </message>
    <message>
        <source>Degrees of freedom of eqtl_t and eqtl_p</source>
        <translation>Freiheitsgrade von eqtl_t und eqtl_p</translation>
    </message>
    <message>
        <source>p of own_r</source>
        <translation>p von own_r</translation>
    </message>
    <message>
        <source>Why these people cannot decide the verdict by sign: `interval` (the slope&apos;s holds 0) or `conditioning` (its sign turns given the lead); `no` where they can</source>
        <translation>Warum diese Personen das Urteil nach Vorzeichen nicht entscheiden: `interval` (das der Steigung enthält 0) oder `conditioning` (ihr Vorzeichen kehrt sich um, gegeben die Lead-Variante); `no`, wo sie es können</translation>
    </message>
    <message>
        <source>2.5th percentile of the eQTL slope over resampled people</source>
        <translation>2.5. Perzentil der eQTL-Steigung über gezogene Personen</translation>
    </message>
    <message>
        <source>97.5th percentile of the eQTL slope over resampled people</source>
        <translation>97.5. Perzentil der eQTL-Steigung über gezogene Personen</translation>
    </message>
    <message>
        <source>How often the verdict held: share of the resamples of people in which the slope kept its sign</source>
        <translation>Wie oft das Urteil hielt: Anteil der Ziehungen von Personen, in denen die Steigung ihr Vorzeichen behielt</translation>
    </message>
    <message>
        <source>missing allele</source>
        <translation>fehlendes Allel</translation>
    </message>
    <message>
        <source>missing alleles</source>
        <translation>fehlende Allele</translation>
    </message>
    <message>
        <source>unphased heterozygote</source>
        <translation>ungephaster Heterozygoter</translation>
    </message>
    <message>
        <source>unphased heterozygotes</source>
        <translation>ungephaste Heterozygote</translation>
    </message>
    <message>
        <source>haploid call</source>
        <translation>haploider Genotyp</translation>
    </message>
    <message>
        <source>haploid calls</source>
        <translation>haploide Genotypen</translation>
    </message>
    <message>
        <source>record without GT</source>
        <translation>Eintrag ohne GT</translation>
    </message>
    <message>
        <source>records without GT</source>
        <translation>Einträge ohne GT</translation>
    </message>
    <message>
        <source>person with several phase sets</source>
        <translation>Person mit mehreren Phasengruppen</translation>
    </message>
    <message>
        <source>people with several phase sets</source>
        <translation>Personen mit mehreren Phasengruppen</translation>
    </message>
    <message>
        <source>record where the reference has N or an IUPAC code</source>
        <translation>Eintrag, wo die Referenz N oder einen IUPAC-Code hat</translation>
    </message>
    <message>
        <source>records where the reference has N or an IUPAC code</source>
        <translation>Einträge, wo die Referenz N oder einen IUPAC-Code hat</translation>
    </message>
    <message>
        <source>missing allele taken from a duplicate record</source>
        <translation>fehlendes Allel aus einem doppelten Eintrag</translation>
    </message>
    <message>
        <source>missing alleles taken from duplicate records</source>
        <translation>fehlende Allele aus doppelten Einträgen</translation>
    </message>
    <message>
        <source>genotype that a duplicate record has otherwise</source>
        <translation>Genotyp, den ein doppelter Eintrag anders hat</translation>
    </message>
    <message>
        <source>genotypes that duplicate records have otherwise</source>
        <translation>Genotypen, die doppelte Einträge anders haben</translation>
    </message>
    <message>
        <source>indel</source>
        <translation>Indel</translation>
    </message>
    <message>
        <source>indels</source>
        <translation>Indels</translation>
    </message>
    <message>
        <source>MNV</source>
        <translation>MNV</translation>
    </message>
    <message>
        <source>MNVs</source>
        <translation>MNVs</translation>
    </message>
    <message>
        <source>symbolic allele</source>
        <translation>symbolisches Allel</translation>
    </message>
    <message>
        <source>symbolic alleles</source>
        <translation>symbolische Allele</translation>
    </message>
    <message>
        <source>`*` allele</source>
        <translation>`*`-Allel</translation>
    </message>
    <message>
        <source>`*` alleles</source>
        <translation>`*`-Allele</translation>
    </message>
    <message>
        <source>ALT with N or an IUPAC code</source>
        <translation>ALT mit N oder IUPAC-Code</translation>
    </message>
    <message>
        <source>ALTs with N or an IUPAC code</source>
        <translation>ALTs mit N oder IUPAC-Code</translation>
    </message>
    <message>
        <source>REF with N or an IUPAC code</source>
        <translation>REF mit N oder IUPAC-Code</translation>
    </message>
    <message>
        <source>REFs with N or an IUPAC code</source>
        <translation>REFs mit N oder IUPAC-Code</translation>
    </message>
    <message>
        <source>duplicate of an earlier record</source>
        <translation>Dublette eines früheren Eintrags</translation>
    </message>
    <message>
        <source>duplicates of earlier records</source>
        <translation>Dubletten früherer Einträge</translation>
    </message>
    <message>
        <source>record of more than 127 alternate alleles</source>
        <translation>Eintrag mit mehr als 127 alternativen Allelen</translation>
    </message>
    <message>
        <source>records of more than 127 alternate alleles</source>
        <translation>Einträge mit mehr als 127 alternativen Allelen</translation>
    </message>
    <message>
        <source>allele that an earlier one overlaps</source>
        <translation>Allel, das ein früheres überlappt</translation>
    </message>
    <message>
        <source>alleles that earlier ones overlap</source>
        <translation>Allele, die frühere überlappen</translation>
    </message>
    <message>
        <source>undefined</source>
        <translation>nicht definiert</translation>
    </message>
    <message>
        <source>interval</source>
        <translation>Intervall</translation>
    </message>
    <message>
        <source>conditioning</source>
        <translation>Konditionierung</translation>
    </message>
    <message>
        <source>no</source>
        <translation>nein</translation>
    </message>
    <message>
        <source>published</source>
        <translation>veröffentlicht</translation>
    </message>
    <message>
        <source>calibrated</source>
        <translation>kalibriert</translation>
    </message>
    <message>
        <source>empirical</source>
        <translation>empirisch</translation>
    </message>
    <message>
        <source>Applying PrediXcan weights</source>
        <translation>PrediXcan-Gewichte werden angewandt</translation>
    </message>
    <message>
        <source>Checking scores</source>
        <translation>Scores werden geprüft</translation>
    </message>
    <message>
        <source>Checking the file</source>
        <translation>Datei wird geprüft</translation>
    </message>
    <message>
        <source>Comparing alleles with the reference</source>
        <translation>Allele werden mit der Referenz verglichen</translation>
    </message>
    <message>
        <source>Computing the gradient</source>
        <translation>Gradient wird berechnet</translation>
    </message>
    <message>
        <source>Counting sequences</source>
        <translation>Sequenzen werden gezählt</translation>
    </message>
    <message>
        <source>Dropping half of them</source>
        <translation>Die Hälfte wird verworfen</translation>
    </message>
    <message>
        <source>Fine mapping</source>
        <translation>Feinkartierung</translation>
    </message>
    <message>
        <source>Fitting the head</source>
        <translation>Kopf wird angepasst</translation>
    </message>
    <message>
        <source>Indexing the reference</source>
        <translation>Referenz wird indiziert</translation>
    </message>
    <message>
        <source>Joining scores</source>
        <translation>Scores werden zusammengeführt</translation>
    </message>
    <message>
        <source>Loading LibTorch</source>
        <translation>LibTorch wird geladen</translation>
    </message>
    <message>
        <source>Looking at the machine</source>
        <translation>Rechner wird angesehen</translation>
    </message>
    <message>
        <source>Looking at the weights</source>
        <translation>Gewichte werden angesehen</translation>
    </message>
    <message>
        <source>Looking at windows</source>
        <translation>Fenster werden angesehen</translation>
    </message>
    <message>
        <source>Looking scores up</source>
        <translation>Scores werden nachgeschlagen</translation>
    </message>
    <message>
        <source>Looking scores up on disk</source>
        <translation>Scores werden auf der Platte nachgeschlagen</translation>
    </message>
    <message>
        <source>Measuring</source>
        <translation>Es wird gemessen</translation>
    </message>
    <message>
        <source>Measuring matrix products</source>
        <translation>Matrixprodukte werden gemessen</translation>
    </message>
    <message>
        <source>Opening genotypes</source>
        <translation>Genotypen werden geöffnet</translation>
    </message>
    <message>
        <source>Opening the genotypes</source>
        <translation>Genotypen werden geöffnet</translation>
    </message>
    <message>
        <source>Predicting people&apos;s haplotypes</source>
        <translation>Haplotypen der Personen werden vorhergesagt</translation>
    </message>
    <message>
        <source>Predicting references</source>
        <translation>Referenzen werden vorhergesagt</translation>
    </message>
    <message>
        <source>Predicting single variants (ISM)</source>
        <translation>Einzelne Varianten werden vorhergesagt (ISM)</translation>
    </message>
    <message>
        <source>Reading effects</source>
        <translation>Effekte werden gelesen</translation>
    </message>
    <message>
        <source>Reading external results</source>
        <translation>Externe Ergebnisse werden gelesen</translation>
    </message>
    <message>
        <source>Reading genotypes</source>
        <translation>Genotypen werden gelesen</translation>
    </message>
    <message>
        <source>Reading predictions</source>
        <translation>Vorhersagen werden gelesen</translation>
    </message>
    <message>
        <source>Reading reference sequences</source>
        <translation>Referenzsequenzen werden gelesen</translation>
    </message>
    <message>
        <source>Reading stores</source>
        <translation>Speicher werden gelesen</translation>
    </message>
    <message>
        <source>Reading the annotation</source>
        <translation>Annotation wird gelesen</translation>
    </message>
    <message>
        <source>Reading the covariates</source>
        <translation>Kovariaten werden gelesen</translation>
    </message>
    <message>
        <source>Reading the expression</source>
        <translation>Expression wird gelesen</translation>
    </message>
    <message>
        <source>Reading the published tables</source>
        <translation>Veröffentlichte Tabellen werden gelesen</translation>
    </message>
    <message>
        <source>Reading the reference&apos;s index</source>
        <translation>Index der Referenz wird gelesen</translation>
    </message>
    <message>
        <source>Reading the sample map</source>
        <translation>Probenzuordnung wird gelesen</translation>
    </message>
    <message>
        <source>Sampling the genotypes</source>
        <translation>Genotypen werden gezogen</translation>
    </message>
    <message>
        <source>Simulating genes and people</source>
        <translation>Gene und Personen werden simuliert</translation>
    </message>
    <message>
        <source>Simulating training genes</source>
        <translation>Gene zum Trainieren werden simuliert</translation>
    </message>
    <message>
        <source>Statistics</source>
        <translation>Statistik</translation>
    </message>
    <message>
        <source>Storing scores</source>
        <translation>Scores werden gespeichert</translation>
    </message>
    <message>
        <source>Testing</source>
        <translation>Es wird getestet</translation>
    </message>
    <message>
        <source>Training elastic nets</source>
        <translation>Elastische Netze werden trainiert</translation>
    </message>
    <message>
        <source>stage</source>
        <translation>Schritt</translation>
    </message>
    <message>
        <source>seconds</source>
        <translation>Sekunden</translation>
    </message>
    <message>
        <source>share</source>
        <translation>Anteil</translation>
    </message>
    <message>
        <source>processor s</source>
        <translation>Prozessor-s</translation>
    </message>
    <message>
        <source>peak memory</source>
        <translation>größter Speicher</translation>
    </message>
    <message>
        <source>read</source>
        <translation>Lesen</translation>
    </message>
    <message>
        <source>sequences</source>
        <translation>Sequenzen</translation>
    </message>
    <message>
        <source>self-check</source>
        <translation>Selbstprüfung</translation>
    </message>
    <message>
        <source>statistics</source>
        <translation>Statistik</translation>
    </message>
    <message>
        <source>store</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>draw</source>
        <translation>Zeichnen</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>Warten</translation>
    </message>
    <message>
        <source>other</source>
        <translation>anderes</translation>
    </message>
    <message>
        <source>whole</source>
        <translation>insgesamt</translation>
    </message>
    <message>
        <source>an Enformer</source>
        <translation>ein Enformer</translation>
    </message>
    <message>
        <source>observed and predicted expression</source>
        <translation>beobachtete und vorhergesagte Expression</translation>
    </message>
    <message>
        <source>in-silico mutagenesis of the locus</source>
        <translation>In-silico-Mutagenese des Lokus</translation>
    </message>
    <message>
        <source>model and eQTL effects</source>
        <translation>Modell- und eQTL-Effekte</translation>
    </message>
    <message>
        <source>model and eQTL effects along the locus</source>
        <translation>Modell- und eQTL-Effekte entlang des Lokus</translation>
    </message>
    <message>
        <source>eQTL effects along the locus</source>
        <translation>eQTL-Effekte entlang des Lokus</translation>
    </message>
    <message>
        <source>observed and predicted means by genotype</source>
        <translation>beobachtete und vorhergesagte Mittel nach Genotyp</translation>
    </message>
    <message>
        <source>observed and predicted means by two genotypes</source>
        <translation>beobachtete und vorhergesagte Mittel nach zwei Genotypen</translation>
    </message>
    <message>
        <source>people&apos;s predictions by two models</source>
        <translation>Vorhersagen der Personen nach zwei Modellen</translation>
    </message>
    <message>
        <source>SNVs&apos; effects by two models</source>
        <translation>Effekte der SNVs nach zwei Modellen</translation>
    </message>
    <message>
        <source>sums of effects and predictions</source>
        <translation>Summen der Effekte und Vorhersagen</translation>
    </message>
    <message>
        <source>Observed and predicted</source>
        <translation>Beobachtet und vorhergesagt</translation>
    </message>
    <message>
        <source>r against its own null</source>
        <translation>r gegen sein eigenes Nullmodell</translation>
    </message>
    <message>
        <source>PrediXcan and model</source>
        <translation>PrediXcan und Modell</translation>
    </message>
    <message>
        <source>Supported drivers</source>
        <translation>Gestützte Treiber</translation>
    </message>
    <message>
        <source>Driver distance to TSS</source>
        <translation>Abstand der Treiber vom TSS</translation>
    </message>
    <message>
        <source>r and what nulls expect</source>
        <translation>r und was Nullmodelle erwarten</translation>
    </message>
    <message>
        <source>Sums of effects</source>
        <translation>Summen der Effekte</translation>
    </message>
    <message>
        <source>Number of drivers</source>
        <translation>Zahl der Treiber</translation>
    </message>
    <message>
        <source>Two models</source>
        <translation>Zwei Modelle</translation>
    </message>
    <message>
        <source>haplotypes along the locus</source>
        <translation>Haplotypen entlang des Lokus</translation>
    </message>
    <message>
        <source>from step to step</source>
        <translation>von Schritt zu Schritt</translation>
    </message>
    <message>
        <source>predictions before and after</source>
        <translation>Vorhersagen vorher und nachher</translation>
    </message>
    <message>
        <source>saturation mutagenesis</source>
        <translation>Sättigungsmutagenese</translation>
    </message>
    <message>
        <source>observed</source>
        <translation>beobachtet</translation>
    </message>
    <message>
        <source>predicted</source>
        <translation>vorhergesagt</translation>
    </message>
    <message>
        <source>sum of effects</source>
        <translation>Summe der Effekte</translation>
    </message>
    <message>
        <source>Analysing genes</source>
        <translation>Gene werden analysiert</translation>
    </message>
    <message>
        <source>Checking against whole predictions</source>
        <translation>Prüfung gegen ganze Vorhersagen</translation>
    </message>
    <message>
        <source>Making the network</source>
        <translation>Netz wird aufgebaut</translation>
    </message>
    <message>
        <source>Multiplying matrices</source>
        <translation>Matrizen werden multipliziert</translation>
    </message>
    <message>
        <source>Opening the TorchScript module</source>
        <translation>TorchScript-Modul wird geöffnet</translation>
    </message>
    <message>
        <source>Predicting haplotypes</source>
        <translation>Haplotypen werden vorhergesagt</translation>
    </message>
    <message>
        <source>Predicting haplotypes step by step</source>
        <translation>Haplotypen werden Schritt für Schritt vorhergesagt</translation>
    </message>
    <message>
        <source>Predicting haplotypes with these variants alone</source>
        <translation>Haplotypen nur mit diesen Varianten werden vorhergesagt</translation>
    </message>
    <message>
        <source>Predicting haplotypes without these variants</source>
        <translation>Haplotypen ohne diese Varianten werden vorhergesagt</translation>
    </message>
    <message>
        <source>Predicting pairs of variants</source>
        <translation>Variantenpaare werden vorhergesagt</translation>
    </message>
    <message>
        <source>Predicting the reference</source>
        <translation>Referenz wird vorhergesagt</translation>
    </message>
    <message>
        <source>Predicting what if</source>
        <translation>Was wäre, wenn: wird vorhergesagt</translation>
    </message>
    <message>
        <source>Running the TorchScript model</source>
        <translation>TorchScript-Modell läuft</translation>
    </message>
    <message>
        <source>Running the model</source>
        <translation>Modell läuft</translation>
    </message>
    <message>
        <source>Storing results</source>
        <translation>Ergebnisse werden gespeichert</translation>
    </message>
    <message>
        <source>ISM, shift</source>
        <translation>ISM, Verschiebung</translation>
    </message>
    <message>
        <source>larger than, of others</source>
        <translation>größer als, von anderen</translation>
    </message>
    <message>
        <source>others there</source>
        <translation>andere dort</translation>
    </message>
    <message>
        <source>Of an indel, whose ISM is the mean over both ends at which the window makes room: half their difference; with the TSS fixed its effect is ism + ism_shift</source>
        <translation>Eines Indels, dessen ISM das Mittel über beide Enden ist, an denen das Fenster Platz macht: die Hälfte ihrer Differenz; bei festem TSS ist sein Effekt ism + ism_shift</translation>
    </message>
    <message>
        <source>Share of common SNVs near random genes, and of random changes where there are too few, at this distance from the TSS, whose effect under the model is smaller</source>
        <translation>Anteil häufiger SNVs bei zufälligen Genen, und zufälliger Änderungen, wo es zu wenige sind, in diesem Abstand vom TSS, deren Effekt nach dem Modell kleiner ist</translation>
    </message>
    <message>
        <source>How many common SNVs and random changes that is of</source>
        <translation>Wie viele häufige SNVs und zufällige Änderungen das sind</translation>
    </message>
    <message>
        <source>Choosing common variants</source>
        <translation>Häufige Varianten werden gewählt</translation>
    </message>
    <message>
        <source>Predicting single variants</source>
        <translation>Einzelne Varianten werden vorhergesagt</translation>
    </message>
    <message>
        <source>Effects of common variants</source>
        <translation>Effekte häufiger Varianten</translation>
    </message>
    <message>
        <source>Looking for scores</source>
        <translation>Scores werden gesucht</translation>
    </message>
    <message>
        <source>Writing sequences</source>
        <translation>Sequenzen werden geschrieben</translation>
    </message>
    <message>
        <source>Reading scores</source>
        <translation>Scores werden gelesen</translation>
    </message>
    <message>
        <source>copy</source>
        <translation>Kopie</translation>
    </message>
    <message>
        <source>gained</source>
        <translation>gewonnen</translation>
    </message>
    <message>
        <source>lost</source>
        <translation>verloren</translation>
    </message>
    <message>
        <source>stronger</source>
        <translation>stärker</translation>
    </message>
    <message>
        <source>weaker</source>
        <translation>schwächer</translation>
    </message>
    <message>
        <source>same</source>
        <translation>gleich</translation>
    </message>
    <message>
        <source>Reading the chain file</source>
        <translation>Chain-Datei wird gelesen</translation>
    </message>
    <message>
        <source>call of two alleles of one copy</source>
        <translation>Genotyp mit zwei Allelen einer Kopie</translation>
    </message>
    <message>
        <source>calls of two alleles of one copy</source>
        <translation>Genotypen mit zwei Allelen einer Kopie</translation>
    </message>
    <message>
        <source>genotype that the person&apos;s sex excludes</source>
        <translation>Genotyp, den das Geschlecht der Person ausschließt</translation>
    </message>
    <message>
        <source>genotypes that people&apos;s sexes exclude</source>
        <translation>Genotypen, die das Geschlecht der Personen ausschließt</translation>
    </message>
    <message>
        <source>Writing AnnData</source>
        <translation>AnnData wird geschrieben</translation>
    </message>
    <message>
        <source>with reads</source>
        <translation>mit Reads</translation>
    </message>
    <message>
        <source>allelic r</source>
        <translation>allelisches r</translation>
    </message>
    <message>
        <source>allelic p</source>
        <translation>allelisches p</translation>
    </message>
    <message>
        <source>log10 allelic p</source>
        <translation>log10 allelisches p</translation>
    </message>
    <message>
        <source>allelic agreement</source>
        <translation>allelische Übereinstimmung</translation>
    </message>
    <message>
        <source>change by copy</source>
        <translation>Änderung je Kopie</translation>
    </message>
    <message>
        <source>se, by copy</source>
        <translation>SE, je Kopie</translation>
    </message>
    <message>
        <source>p, by copy</source>
        <translation>p, je Kopie</translation>
    </message>
    <message>
        <source>heterozygotes with reads</source>
        <translation>Heterozygote mit Reads</translation>
    </message>
    <message>
        <source>People whose reads tell their two haplotypes&apos; ratio</source>
        <translation>Personen, deren Reads das Verhältnis ihrer beiden Haplotypen zeigen</translation>
    </message>
    <message>
        <source>Correlation, through 0, of the reads&apos; log2 ratio and the model&apos;s difference between people&apos;s two haplotypes</source>
        <translation>Korrelation, durch 0, des log2-Verhältnisses der Reads und der Differenz, die das Modell zwischen den beiden Haplotypen der Personen sieht</translation>
    </message>
    <message>
        <source>Two-sided p of that r, by t with n − 1 degrees of freedom</source>
        <translation>Zweiseitiges p dieses r, nach t mit n − 1 Freiheitsgraden</translation>
    </message>
    <message>
        <source>Of the people in whom both tell the haplotypes apart, the share in whom both name the same one</source>
        <translation>Anteil der Personen, bei denen beide denselben Haplotyp nennen, an denen, bei denen beide die Haplotypen unterscheiden</translation>
    </message>
    <message>
        <source>Mean log2 ratio of reads of the haplotype with the effect allele over the other, in its heterozygotes: its allelic fold change</source>
        <translation>Mittleres log2-Verhältnis der Reads des Haplotyps mit dem Effektallel zu denen des anderen, in seinen Heterozygoten: seine allelische Änderung (aFC)</translation>
    </message>
    <message>
        <source>Standard error of allelic_change</source>
        <translation>Standardfehler von allelic_change</translation>
    </message>
    <message>
        <source>Two-sided p of that mean, by t with n − 1 degrees of freedom</source>
        <translation>Zweiseitiges p dieses Mittels, nach t mit n − 1 Freiheitsgraden</translation>
    </message>
    <message>
        <source>Heterozygotes that allelic_change is of</source>
        <translation>Heterozygote, von denen allelic_change stammt</translation>
    </message>
    <message>
        <source>Reading haplotype counts</source>
        <translation>Lese Reads je Haplotyp</translation>
    </message>
    <message>
        <source>reads and predictions of people&apos;s two copies</source>
        <translation>Reads und Vorhersagen der beiden Kopien von Personen</translation>
    </message>
    <message>
        <source>reads</source>
        <translation>Reads</translation>
    </message>
    <message>
        <source>Telling how far the run is</source>
        <translation>Stand des Laufs wird geschrieben</translation>
    </message>
</context>
<context>
    <name>diploscope::ui::AblationPanel</name>
    <message>
        <source>Without these variants in anybody</source>
        <translation>Ohne diese Varianten bei allen</translation>
    </message>
    <message>
        <source>keep only these</source>
        <translation>nur diese behalten</translation>
    </message>
    <message>
        <source>Unsupported drivers</source>
        <translation>Nicht gestützte Treiber</translation>
    </message>
    <message>
        <source>All drivers</source>
        <translation>Alle Treiber</translation>
    </message>
    <message>
        <source>Selected SNVs</source>
        <translation>Ausgewählte SNVs</translation>
    </message>
    <message>
        <source>Set all other variants to the reference, in place of these</source>
        <translation>Statt dieser alle anderen Varianten auf die Referenz setzen</translation>
    </message>
    <message>
        <source>Keep only these</source>
        <translation>Nur diese behalten</translation>
    </message>
    <message>
        <source>Ablate these</source>
        <translation>Diese entfernen</translation>
    </message>
    <message>
        <source>Ablate: %1</source>
        <translation>Ablation: %1</translation>
    </message>
    <message>
        <source>Selected SNVs (%1)</source>
        <translation>Ausgewählte SNVs (%1)</translation>
    </message>
    <message>
        <source>computing…</source>
        <translation>wird berechnet…</translation>
    </message>
    <message>
        <source>Choose whose alleles everybody loses: R of the predictions without them follows.</source>
        <translation>Wählen Sie, wessen Allele alle verlieren: R der Vorhersagen ohne sie folgt.</translation>
    </message>
    <message>
        <source>, interval pending…</source>
        <translation>, Intervall folgt…</translation>
    </message>
    <message>
        <source>, without an interval</source>
        <translation>, ohne Intervall</translation>
    </message>
    <message>
        <source> and %1 more</source>
        <translation> und %1 weitere</translation>
    </message>
</context>
<context>
    <name>diploscope::ui::AboutDialog</name>
    <message>
        <source>About Diploscope</source>
        <translation>Über Diploscope</translation>
    </message>
    <message>
        <source>&lt;p style=&apos;font-size:18px&apos;&gt;&lt;b&gt;Diploscope&lt;/b&gt; %1&lt;/p&gt;&lt;p&gt;Compares sequence-to-expression models with a cohort&apos;s genomes and observed expression, gene by gene.&lt;br&gt;The method: Sasse et al. 2023, &lt;a href=&apos;https://doi.org/10.1101/2023.03.16.532969&apos;&gt;doi:10.1101/2023.03.16.532969&lt;/a&gt;.&lt;/p&gt;&lt;p&gt;Free software under the GNU General Public License, version 3 or later; it comes with no warranty.&lt;br&gt;&lt;a href=&apos;https://www.gnu.org/licenses/gpl-3.0.html&apos;&gt;gnu.org/licenses/gpl-3.0&lt;/a&gt;&lt;/p&gt;&lt;p&gt;Built with Qt %2 and Qt Charts, LibTorch, htslib, Eigen, SQLite, Boost, fmt, xxHash, nlohmann-json and CLI11.&lt;br&gt;Set in Inter, &amp;copy; The Inter Project Authors, which is in the program under the SIL Open Font License 1.1.&lt;/p&gt;</source>
        <translation>&lt;p style=&apos;font-size:18px&apos;&gt;&lt;b&gt;Diploscope&lt;/b&gt; %1&lt;/p&gt;&lt;p&gt;Vergleicht Sequenz-zu-Expression-Modelle mit den Genomen und der beobachteten Expression einer Kohorte, Gen für Gen.&lt;br&gt;Die Methode: Sasse et al. 2023, &lt;a href=&apos;https://doi.org/10.1101/2023.03.16.532969&apos;&gt;doi:10.1101/2023.03.16.532969&lt;/a&gt;.&lt;/p&gt;&lt;p&gt;Freie Software unter der GNU General Public License, Version 3 oder später; ohne jede Gewährleistung.&lt;br&gt;&lt;a href=&apos;https://www.gnu.org/licenses/gpl-3.0.html&apos;&gt;gnu.org/licenses/gpl-3.0&lt;/a&gt;&lt;/p&gt;&lt;p&gt;Erstellt mit Qt %2 und Qt Charts, LibTorch, htslib, Eigen, SQLite, Boost, fmt, xxHash, nlohmann-json und CLI11.&lt;br&gt;Gesetzt in Inter, &amp;copy; The Inter Project Authors, das unter der SIL Open Font License 1.1 im Programm enthalten ist.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>Licence of Inter</source>
        <translation>Lizenz von Inter</translation>
    </message>
</context>
<context>
    <name>diploscope::ui::AgainstButton</name>
    <message>
        <source>The model is held against %1</source>
        <translation>Das Modell wird gegen %1 gehalten</translation>
    </message>
    <message>
        <source>Choose what the model is held against: what is observed, reads by copy, or another model of the study</source>
        <translation>Wählen Sie, womit das Modell verglichen wird: mit dem Beobachteten, mit Reads je Kopie oder mit einem anderen Modell der Studie</translation>
    </message>
    <message>
        <source>Choose what the model is held against: what is observed, or another model of the study</source>
        <translation>Wählen Sie, womit das Modell verglichen wird: mit dem Beobachteten oder mit einem anderen Modell der Studie</translation>
    </message>
    <message>
        <source>Against %1.</source>
        <translation>Gegen %1.</translation>
    </message>
</context>
<context>
    <name>diploscope::ui::AgainstPanel</name>
    <message>
        <source>Against</source>
        <translation>Gegen</translation>
    </message>
    <message>
        <source>computing…</source>
        <translation>wird berechnet…</translation>
    </message>
</context>
<context>
    <name>diploscope::ui::AuditPanel</name>
    <message>
        <source>Do effects add up, and whose signs would have to turn?</source>
        <translation>Addieren sich Effekte, und wessen Vorzeichen müsste sich umkehren?</translation>
    </message>
    <message>
        <source>Audit</source>
        <translation>Prüfung</translation>
    </message>
    <message>
        <source>Interactions of pairs of drivers on the reference: what both do together beyond what each does</source>
        <translation>Wechselwirkungen von Treiberpaaren auf der Referenz: was beide zusammen über das hinaus tun, was jeder allein tut</translation>
    </message>
    <message>
        <source>Pairs of drivers</source>
        <translation>Treiberpaare</translation>
    </message>
    <message>
        <source>computing…</source>
        <translation>wird berechnet…</translation>
    </message>
    <message>
        <source>Everybody&apos;s prediction against the sum of single effects, pairs of drivers, and the smallest set of drivers whose signs would have to turn.</source>
        <translation>Die Vorhersage für alle gegen die Summe der Einzeleffekte, Treiberpaare und die kleinste Menge von Treibern, deren Vorzeichen sich umkehren müsste.</translation>
    </message>
    <message>
        <source>The effect of %1 alone</source>
        <translation>Der Effekt von %1 allein</translation>
    </message>
</context>
<context>
    <name>diploscope::ui::BaseStrip</name>
    <message>
        <source>Bases</source>
        <translation>Basen</translation>
    </message>
    <message>
        <source>Click a base to put it in, the reference&apos;s own to take that back.&lt;br&gt;Arrow keys move, A, C, G and T put bases in, Delete takes the base out.</source>
        <translation>Klicken Sie eine Base an, um sie einzusetzen, die der Referenz, um das zurückzunehmen.&lt;br&gt;Pfeiltasten bewegen, A, C, G und T setzen Basen ein, Entf nimmt die Base heraus.</translation>
    </message>
    <message>
        <source>making the locus ready…</source>
        <translation>Lokus wird vorbereitet…</translation>
    </message>
    <message>
        <source>taken out</source>
        <translation>entfernt</translation>
    </message>
    <message>
        <source>changed to %1</source>
        <translation>geändert in %1</translation>
    </message>
    <message>
        <source>%1 is carried</source>
        <translation>%1 wird getragen</translation>
    </message>
</context>
<context>
    <name>diploscope::ui::ChartView</name>
    <message>
        <source>Enter selects, </source>
        <translation>Eingabe wählt aus, </translation>
    </message>
    <message>
        <source>Keys are in %1: %2PageDown goes on, Escape leaves</source>
        <translation>Tasten gelten in %1: %2Bild ab geht weiter, Esc verlässt</translation>
    </message>
</context>
<context>
    <name>diploscope::ui::ChosenModel</name>
    <message>
        <source>Opening model %1</source>
        <translation>Modell %1 wird geöffnet</translation>
    </message>
    <message>
        <source>Score of %1</source>
        <translation>Score von %1</translation>
    </message>
</context>
<context>
    <name>diploscope::ui::ClusterDialog</name>
    <message>
        <source>&amp;Submit to Slurm</source>
        <translation>An &amp;Slurm übergeben</translation>
    </message>
    <message>
        <source>Only &amp;write the scripts</source>
        <translation>Nur &amp;Skripte schreiben</translation>
    </message>
    <message>
        <source>Shards</source>
        <translation>Teile</translation>
    </message>
    <message>
        <source>Processor</source>
        <translation>Prozessor</translation>
    </message>
    <message>
        <source>Graphics card (CUDA)</source>
        <translation>Grafikkarte (CUDA)</translation>
    </message>
    <message>
        <source>S&amp;hards</source>
        <translation>T&amp;eile</translation>
    </message>
    <message>
        <source>&amp;Threads of each</source>
        <translation>&amp;Threads je Teil</translation>
    </message>
    <message>
        <source>Models run &amp;on</source>
        <translation>M&amp;odelle laufen auf</translation>
    </message>
    <message>
        <source>&amp;Resources (--gres)</source>
        <translation>&amp;Ressourcen (--gres)</translation>
    </message>
    <message>
        <source>Tried again, if it &amp;fails</source>
        <translation>&amp;Versuche nach Fehlern</translation>
    </message>
    <message>
        <source>Jobs</source>
        <translation>Aufgaben</translation>
    </message>
    <message>
        <source>the cluster&apos;s own</source>
        <translation>die des Clusters</translation>
    </message>
    <message>
        <source>&amp;Choose…</source>
        <translation>&amp;Wählen…</translation>
    </message>
    <message>
        <source>Time &amp;limit</source>
        <translation>&amp;Zeitgrenze</translation>
    </message>
    <message>
        <source>&amp;Memory</source>
        <translation>S&amp;peicher</translation>
    </message>
    <message>
        <source>&amp;Partition</source>
        <translation>P&amp;artition</translation>
    </message>
    <message>
        <source>Fol&amp;der</source>
        <translation>Or&amp;dner</translation>
    </message>
    <message>
        <source>Where scripts, logs and shards go</source>
        <translation>Wohin Skripte, Protokolle und Teile kommen</translation>
    </message>
    <message>
        <source>%1 under %2: at most %3 a shard. The cluster&apos;s machines have to see the program, the study (%4) and this folder at the same places as this one. Results come into the study&apos;s store.</source>
        <translation>%1 unter %2: höchstens %3 je Teil. Die Rechner des Clusters müssen das Programm, die Studie (%4) und diesen Ordner an denselben Orten sehen wie dieser. Ergebnisse kommen in den Speicher der Studie.</translation>
    </message>
    <message>
        <source>Effect allele and thresholds of drivers were changed in the preferences; jobs do not know of that, and their results are kept as a run of their own.</source>
        <translation>Effektallel und Schwellen der Treiber sind in den Einstellungen geändert; die Aufträge wissen davon nichts, und ihre Ergebnisse werden als eigener Lauf gespeichert.</translation>
    </message>
    <message>
        <source>Run genes on a cluster</source>
        <translation>Gene auf einem Cluster rechnen</translation>
    </message>
    <message>
        <source>Genes</source>
        <translation>Gene</translation>
    </message>
    <message>
        <source>&amp;All of the study: %1</source>
        <translation>A&amp;lle der Studie: %1</translation>
    </message>
    <message>
        <source>Those in foc&amp;us: %1</source>
        <translation>D&amp;ie im Fokus: %1</translation>
    </message>
    <message>
        <source>Which the filter and the selection leave on the page of all genes</source>
        <translation>Die Filter und Auswahl auf der Seite aller Gene übrig lassen</translation>
    </message>
</context>
<context>
    <name>diploscope::ui::ClusterRuns</name>
    <message>
        <source>Cluster: %1</source>
        <translation>Cluster: %1</translation>
    </message>
</context>
<context>
    <name>diploscope::ui::ClusterTools</name>
    <message>
        <source>The scripts are written: sh submit.sh hands them to Slurm</source>
        <translation>Die Skripte sind geschrieben: sh submit.sh übergibt sie an Slurm</translation>
    </message>
    <message>
        <source>The cluster&apos;s jobs are taken back; what they have computed stays, and a run in the same folder goes on from there</source>
        <translation>Die Aufträge des Clusters sind zurückgenommen; was sie berechnet haben, bleibt, und ein Lauf im selben Ordner geht dort weiter</translation>
    </message>
    <message>
        <source>The folder of a cluster&apos;s run</source>
        <translation>Der Ordner eines Cluster-Laufs</translation>
    </message>
    <message>
        <source>The cluster&apos;s run is done: its results are here</source>
        <translation>Der Cluster-Lauf ist fertig: seine Ergebnisse sind hier</translation>
    </message>
    <message>
        <source>The cluster&apos;s run of another study is done</source>
        <translation>Der Cluster-Lauf einer anderen Studie ist fertig</translation>
    </message>
    <message>
        <source>Open it</source>
        <translation>Öffnen</translation>
    </message>
</context>
<context>
    <name>diploscope::ui::DemoMaker</name>
    <message>
        <source>Demo study</source>
        <translation>Demo-Studie</translation>
    </message>
</context>
<context>
    <name>diploscope::ui::DesignCanvas</name>
    <message>
        <source>The figure as it will be</source>
        <translation>Die Abbildung, wie sie wird</translation>
    </message>
    <message>
        <source>Arrows walk from panel to panel, with Shift they carry it; Delete takes it away, F2 writes its title.</source>
        <translation>Pfeile gehen von Feld zu Feld, mit Umschalt nehmen sie es mit; Entf nimmt es weg, F2 schreibt seinen Titel.</translation>
    </message>
    <message>
        <source>*italics*, R^{2} and log_{10}; empty: what the figure says by itself</source>
        <translation>*kursiv*, R^{2} und log_{10}; leer: was die Abbildung von selbst sagt</translation>
    </message>
</context>
<context>
    <name>diploscope::ui::DesignReader</name>
    <message>
        <source>Reading what the figure shows</source>
        <translation>Was die Abbildung zeigt, wird gelesen</translation>
    </message>
</context>
<context>
    <name>diploscope::ui::DriverListModel</name>
    <message>
        <source>SNV</source>
        <translation>SNV</translation>
    </message>
    <message>
        <source>Single-nucleotide variant that the model&apos;s differences between people hang on</source>
        <translation>Einzelnukleotid-Variante, an der die Unterschiede des Modells zwischen Personen hängen</translation>
    </message>
</context>
<context>
    <name>diploscope::ui::DriverPanel</name>
    <message>
        <source>Drivers</source>
        <translation>Treiber</translation>
    </message>
    <message>
        <source>Fraction supported, as the paper counts it: drivers whose eQTL slope has the sign of the model’s effect, undecidable ones included.</source>
        <translation>Gestützter Anteil, wie die Veröffentlichung ihn zählt: Treiber, deren eQTL-Steigung das Vorzeichen des Modelleffekts hat, nicht entscheidbare eingeschlossen.</translation>
    </message>
    <message>
        <source>Of the gain: the same with each driver weighted by its gain.</source>
        <translation>Vom Gewinn: dasselbe, jeder Treiber mit seinem Gewinn gewichtet.</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Drivers are known once every SNV has its effect.</source>
        <translation>Treiber sind bekannt, sobald jede SNV ihren Effekt hat.</translation>
    </message>
    <message>
        <source>Saving %1</source>
        <translation>%1 wird gespeichert</translation>
    </message>
    <message>
        <source>The table was not saved</source>
        <translation>Die Tabelle wurde nicht gespeichert</translation>
    </message>
    <message>
        <source>Save drivers</source>
        <translation>Treiber speichern</translation>
    </message>
    <message>
        <source>Tables (*.tsv)</source>
        <translation>Tabellen (*.tsv)</translation>
    </message>
    <message>
        <source>Copy row	Ctrl+C</source>
        <translation>Zeile kopieren	Ctrl+C</translation>
    </message>
    <message>
        <source>Copy table</source>
        <translation>Tabelle kopieren</translation>
    </message>
    <message>
        <source>Save as TSV…</source>
        <translation>Als TSV speichern…</translation>
    </message>
</context>
<context>
    <name>diploscope::ui::EffectsPanel</name>
    <message>
        <source>Model and eQTL effect</source>
        <translation>Modell- und eQTL-Effekt</translation>
    </message>
    <message>
        <source>eQTL slope</source>
        <translation>eQTL-Steigung</translation>
    </message>
    <message>
        <source>R_lin = %1</source>
        <translation>R_lin = %1</translation>
    </message>
</context>
<context>
    <name>diploscope::ui::ElsewhereTools</name>
    <message>
        <source>All genes of the study: %1</source>
        <translation>Alle Gene der Studie: %1</translation>
    </message>
    <message>
        <source>Sequences to score elsewhere</source>
        <translation>Sequenzen zum Bewerten auf anderen Rechnern</translation>
    </message>
    <message>
        <source>The gene that is shown: %1</source>
        <translation>Das gezeigte Gen: %1</translation>
    </message>
    <message>
        <source>&amp;Choose a folder…</source>
        <translation>&amp;Ordner wählen…</translation>
    </message>
    <message>
        <source>A new folder for the sequences</source>
        <translation>Ein neuer Ordner für die Sequenzen</translation>
    </message>
    <message>
        <source>Written: %1 of %2. Put scores.tsv beside them and read the scores</source>
        <translation>Geschrieben: %1 von %2. scores.tsv dazulegen und die Scores lesen</translation>
    </message>
    <message>
        <source>The folder of sequences that holds their scores</source>
        <translation>Der Ordner der Sequenzen, der ihre Scores enthält</translation>
    </message>
    <message>
        <source>Scores made elsewhere</source>
        <translation>Scores von anderen Rechnern</translation>
    </message>
    <message>
        <source>Every sequence that these ask %1 for and that has no score yet is written once:
people&apos;s haplotypes, and the reference with each variant.</source>
        <translation>Jede Sequenz, nach der diese %1 fragen und die noch keinen Wert hat, wird einmal
geschrieben: Haplotypen der Personen und die Referenz mit jeder Variante.</translation>
    </message>
    <message>
        <source>%1 with a score here already</source>
        <translation>%1 mit einem Wert, der schon hier ist</translation>
    </message>
    <message>
        <source>Nothing of %1 is left to be scored, and nothing was written</source>
        <translation>Von %1 ist nichts mehr zu bewerten; nichts wurde geschrieben</translation>
    </message>
    <message>
        <source> · left out: %1</source>
        <translation> · weggelassen: %1</translation>
    </message>
</context>
<context>
    <name>diploscope::ui::Experiments</name>
    <message>
        <source>%1 · making ready</source>
        <translation>%1 · wird vorbereitet</translation>
    </message>
    <message>
        <source>what if</source>
        <translation>Was wäre, wenn</translation>
    </message>
    <message>
        <source>ablation</source>
        <translation>Ablation</translation>
    </message>
    <message>
        <source>saturation</source>
        <translation>Sättigung</translation>
    </message>
    <message>
        <source>audit</source>
        <translation>Prüfung</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <translation>%1 · %2</translation>
    </message>
</context>
<context>
    <name>diploscope::ui::ExperimentsPage</name>
    <message>
        <source>What if</source>
        <translation>Was wäre, wenn</translation>
    </message>
    <message>
        <source>Ablation</source>
        <translation>Ablation</translation>
    </message>
    <message>
        <source>Saturation</source>
        <translation>Sättigung</translation>
    </message>
    <message>
        <source>Audit</source>
        <translation>Prüfung</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Show %1</source>
        <translation>%1 zeigen</translation>
    </message>
    <message>
        <source>The study is made of published tables, without genotypes to try anything on. With the saturation round the drivers, which may be imported with them, that is shown here.</source>
        <translation>Die Studie besteht aus veröffentlichten Tabellen, ohne Genotypen, an denen sich etwas ausprobieren ließe. Wurde die Sättigung um die Treiber mit importiert, wird sie hier gezeigt.</translation>
    </message>
    <message>
        <source>reading…</source>
        <translation>wird gelesen…</translation>
    </message>
    <message>
        <source>The saturation holds no driver of this gene.</source>
        <translation>Die Sättigung enthält keinen Treiber dieses Gens.</translation>
    </message>
    <message>
        <source>Choose a gene on the left, or type its name above.</source>
        <translation>Wählen Sie links ein Gen, oder tippen Sie oben seinen Namen ein.</translation>
    </message>
    <message>
        <source>Open a model first.</source>
        <translation>Öffnen Sie zuerst ein Modell.</translation>
    </message>
    <message>
        <source>stopped · scores so far are kept</source>
        <translation>angehalten · bisherige Scores bleiben erhalten</translation>
    </message>
    <message>
        <source>making the locus ready…</source>
        <translation>Lokus wird vorbereitet…</translation>
    </message>
    <message>
        <source>not checked yet…</source>
        <translation>noch nicht geprüft…</translation>
    </message>
    <message>
        <source>computing…</source>
        <translation>wird berechnet…</translation>
    </message>
    <message>
        <source>waiting for the gene&apos;s drivers…</source>
        <translation>wartet auf die Treiber des Gens…</translation>
    </message>
</context>
<context>
    <name>diploscope::ui::Exporter</name>
    <message>
        <source>Figure saved</source>
        <translation>Abbildung gespeichert</translation>
    </message>
    <message>
        <source>Folder for the figures of %1</source>
        <translation>Ordner für die Abbildungen von %1</translation>
    </message>
    <message>
        <source>Figures of %1</source>
        <translation>Abbildungen von %1</translation>
    </message>
    <message>
        <source>Saving figures of %1</source>
        <translation>Abbildungen von %1 werden gespeichert</translation>
    </message>
    <message>
        <source>Folder for the figures of all genes</source>
        <translation>Ordner für die Abbildungen aller Gene</translation>
    </message>
    <message>
        <source>Saving figures of all genes</source>
        <translation>Abbildungen aller Gene werden gespeichert</translation>
    </message>
    <message>
        <source>Figures saved</source>
        <translation>Abbildungen gespeichert</translation>
    </message>
    <message>
        <source>Folder for the tables of %1</source>
        <translation>Ordner für die Tabellen von %1</translation>
    </message>
    <message>
        <source>Writing tables of %1</source>
        <translation>Tabellen von %1 werden geschrieben</translation>
    </message>
    <message>
        <source>Tables written</source>
        <translation>Tabellen geschrieben</translation>
    </message>
    <message>
        <source>Folder for genes.tsv and drivers.tsv</source>
        <translation>Ordner für genes.tsv und drivers.tsv</translation>
    </message>
    <message>
        <source>Writing the tables of all genes</source>
        <translation>Tabellen aller Gene werden geschrieben</translation>
    </message>
    <message>
        <source>Report of %1</source>
        <translation>Bericht über %1</translation>
    </message>
    <message>
        <source>PDF (*.pdf)</source>
        <translation>PDF (*.pdf)</translation>
    </message>
    <message>
        <source>Report written</source>
        <translation>Bericht geschrieben</translation>
    </message>
    <message>
        <source>Picture of this page</source>
        <translation>Bild dieser Seite</translation>
    </message>
    <message>
        <source>Writing a picture</source>
        <translation>Bild wird geschrieben</translation>
    </message>
    <message>
        <source>Picture written</source>
        <translation>Bild geschrieben</translation>
    </message>
    <message>
        <source>Copying a picture</source>
        <translation>Bild wird kopiert</translation>
    </message>
    <message>
        <source>Picture copied</source>
        <translation>Bild kopiert</translation>
    </message>
    <message>
        <source>AnnData of all genes</source>
        <translation>AnnData aller Gene</translation>
    </message>
    <message>
        <source>AnnData (*.h5ad)</source>
        <translation>AnnData (*.h5ad)</translation>
    </message>
    <message>
        <source>Writing AnnData</source>
        <translation>AnnData wird geschrieben</translation>
    </message>
    <message>
        <source>AnnData written</source>
        <translation>AnnData geschrieben</translation>
    </message>
    <message>
        <source>AnnData of the genes in focus</source>
        <translation>AnnData der Gene im Fokus</translation>
    </message>
    <message>
        <source>Left out, as they cannot be had again: %1</source>
        <translation>Fehlen, da sie nicht noch einmal zu haben sind: %1</translation>
    </message>
</context>
<context>
    <name>diploscope::ui::FigureDialog</name>
    <message>
        <source>What is plotted beside it, as TSV</source>
        <translation>Gezeichnete Werte daneben, als TSV</translation>
    </message>
    <message>
        <source>Save figure</source>
        <translation>Abbildung speichern</translation>
    </message>
    <message>
        <source>SVG, for editing</source>
        <translation>SVG, zum Bearbeiten</translation>
    </message>
    <message>
        <source>PDF, for print</source>
        <translation>PDF, für den Druck</translation>
    </message>
    <message>
        <source>PNG, for slides</source>
        <translation>PNG, für Folien</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>Format</translation>
    </message>
</context>
<context>
    <name>diploscope::ui::FigureForm</name>
    <message>
        <source>as usual</source>
        <translation>wie üblich</translation>
    </message>
    <message>
        <source>No ground behind it</source>
        <translation>Ohne Hintergrund</translation>
    </message>
    <message>
        <source>Width of my own</source>
        <translation>Eigene Breite</translation>
    </message>
    <message>
        <source> dpi</source>
        <translation> dpi</translation>
    </message>
    <message>
        <source>Of PNG alone: SVG and PDF are drawn in lines</source>
        <translation>Nur für PNG: SVG und PDF bestehen aus Linien</translation>
    </message>
    <message>
        <source>Column</source>
        <translation>Spalte</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>Breite</translation>
    </message>
    <message>
        <source>Height</source>
        <translation>Höhe</translation>
    </message>
    <message>
        <source>PNG</source>
        <translation>PNG</translation>
    </message>
    <message>
        <source>Width of the figure</source>
        <translation>Breite der Abbildung</translation>
    </message>
    <message>
        <source>Height of the figure</source>
        <translation>Höhe der Abbildung</translation>
    </message>
    <message>
        <source>Resolution of the figure</source>
        <translation>Auflösung der Abbildung</translation>
    </message>
    <message>
        <source>Ground of the figure</source>
        <translation>Hintergrund der Abbildung</translation>
    </message>
    <message>
        <source>As usual</source>
        <translation>Wie üblich</translation>
    </message>
    <message>
        <source>Font</source>
        <translation>Schrift</translation>
    </message>
    <message>
        <source>Letters</source>
        <translation>Schriftgrad</translation>
    </message>
    <message>
        <source>Axes</source>
        <translation>Achsen</translation>
    </message>
    <message>
        <source>Lines</source>
        <translation>Linien</translation>
    </message>
    <message>
        <source>Font of the figure</source>
        <translation>Schrift der Abbildung</translation>
    </message>
    <message>
        <source>Size of letters</source>
        <translation>Größe der Schrift</translation>
    </message>
    <message>
        <source>Width of axes</source>
        <translation>Breite der Achsen</translation>
    </message>
    <message>
        <source>Width of lines</source>
        <translation>Breite der Linien</translation>
    </message>
    <message>
        <source>a, b, c</source>
        <translation>a, b, c</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Keine</translation>
    </message>
    <message>
        <source>a, b, c always</source>
        <translation>a, b, c immer</translation>
    </message>
    <message>
        <source>A, B, C</source>
        <translation>A, B, C</translation>
    </message>
    <message>
        <source>Each its own</source>
        <translation>Jede für sich</translation>
    </message>
    <message>
        <source>x in columns</source>
        <translation>x in Spalten</translation>
    </message>
    <message>
        <source>y in rows</source>
        <translation>y in Zeilen</translation>
    </message>
    <message>
        <source>x and y</source>
        <translation>x und y</translation>
    </message>
    <message>
        <source>Panels of a column whose x axes say the same show the same range, and those of a row their y axes</source>
        <translation>Felder einer Spalte, deren x-Achsen dasselbe sagen, zeigen denselben Bereich, die einer Zeile ebenso auf der y-Achse</translation>
    </message>
    <message>
        <source>Panels</source>
        <translation>Felder</translation>
    </message>
    <message>
        <source>Panel letters</source>
        <translation>Buchstaben</translation>
    </message>
    <message>
        <source>Between</source>
        <translation>Abstand</translation>
    </message>
    <message>
        <source>Axes&apos; range</source>
        <translation>Bereiche</translation>
    </message>
    <message>
        <source>Letters of the panels</source>
        <translation>Buchstaben der Felder</translation>
    </message>
    <message>
        <source>Gap between panels</source>
        <translation>Abstand zwischen Feldern</translation>
    </message>
    <message>
        <source>Shared axes</source>
        <translation>Gemeinsame Achsen</translation>
    </message>
    <message>
        <source>%1 (not here)</source>
        <translation>%1 (nicht hier)</translation>
    </message>
    <message>
        <source>85 mm, one column</source>
        <translation>85 mm, eine Spalte</translation>
    </message>
    <message>
        <source>114 mm, one and a half</source>
        <translation>114 mm, anderthalb Spalten</translation>
    </message>
    <message>
        <source>174 mm, two columns</source>
        <translation>174 mm, zwei Spalten</translation>
    </message>
    <message>
        <source>89 mm, Nature, one column</source>
        <translation>89 mm, Nature, eine Spalte</translation>
    </message>
    <message>
        <source>183 mm, Nature, two columns</source>
        <translation>183 mm, Nature, zwei Spalten</translation>
    </message>
</context>
<context>
    <name>diploscope::ui::FigureGenesDialog</name>
    <message>
        <source>A figure for each of several genes</source>
        <translation>Je eine Abbildung für mehrere Gene</translation>
    </message>
    <message>
        <source>Genes that I write</source>
        <translation>Gene, die ich nenne</translation>
    </message>
    <message>
        <source>Genes selected among all</source>
        <translation>Unter allen ausgewählte Gene</translation>
    </message>
    <message>
        <source>Genes in focus</source>
        <translation>Gene im Fokus</translation>
    </message>
    <message>
        <source>All genes of the study</source>
        <translation>Alle Gene der Studie</translation>
    </message>
    <message>
        <source>COMT, SLC25A1 or one a line</source>
        <translation>COMT, SLC25A1 oder eines je Zeile</translation>
    </message>
    <message>
        <source>PDF, for print</source>
        <translation>PDF, für den Druck</translation>
    </message>
    <message>
        <source>SVG, for editing</source>
        <translation>SVG, zum Bearbeiten</translation>
    </message>
    <message>
        <source>PNG, for slides</source>
        <translation>PNG, für Folien</translation>
    </message>
    <message>
        <source>Choose a folder…</source>
        <translation>Ordner wählen…</translation>
    </message>
    <message>
        <source>Genes</source>
        <translation>Gene</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>Format</translation>
    </message>
    <message>
        <source>The figure is made again for each of these genes. What holds for the gene shown alone is left out: SNVs, places, limits of axes.</source>
        <translation>Die Abbildung wird für jedes dieser Gene neu gemacht. Was nur für das gezeigte Gen gilt, bleibt weg: SNVs, Orte, Grenzen der Achsen.</translation>
    </message>
    <message>
        <source>; not in the study: %1</source>
        <translation>; nicht in der Studie: %1</translation>
    </message>
</context>
<context>
    <name>diploscope::ui::FigureSaver</name>
    <message>
        <source>Save figure…</source>
        <translation>Abbildung speichern…</translation>
    </message>
    <message>
        <source>Copy figure</source>
        <translation>Abbildung kopieren</translation>
    </message>
    <message>
        <source>Add to the figure</source>
        <translation>Zur Abbildung hinzufügen</translation>
    </message>
    <message>
        <source>Show all	Double-click</source>
        <translation>Alles zeigen	Doppelklick</translation>
    </message>
    <message>
        <source>Previous zoom	Backspace</source>
        <translation>Voriger Ausschnitt	Rücktaste</translation>
    </message>
    <message>
        <source>Saving %1</source>
        <translation>%1 wird gespeichert</translation>
    </message>
    <message>
        <source>Copying a figure</source>
        <translation>Abbildung wird kopiert</translation>
    </message>
    <message>
        <source>Adding a panel</source>
        <translation>Feld wird hinzugefügt</translation>
    </message>
    <message>
        <source>Preparing a figure</source>
        <translation>Abbildung wird vorbereitet</translation>
    </message>
    <message>
        <source>Specifying the figure</source>
        <translation>Abbildung wird beschrieben</translation>
    </message>
    <message>
        <source>Save figure</source>
        <translation>Abbildung speichern</translation>
    </message>
    <message>
        <source>The figure was not saved</source>
        <translation>Die Abbildung wurde nicht gespeichert</translation>
    </message>
</context>
<context>
    <name>diploscope::ui::FiguresPage</name>
    <message>
        <source>For several genes…</source>
        <translation>Für mehrere Gene…</translation>
    </message>
    <message>
        <source>Save figure…</source>
        <translation>Speichern…</translation>
    </message>
    <message>
        <source>Source data</source>
        <translation>Quelldaten</translation>
    </message>
    <message>
        <source>Add a panel</source>
        <translation>Feld hinzufügen</translation>
    </message>
    <message>
        <source>Templates</source>
        <translation>Vorlagen</translation>
    </message>
    <message>
        <source>True size</source>
        <translation>Wahre Größe</translation>
    </message>
    <message>
        <source>As large as it will be printed; else as it fits</source>
        <translation>So groß, wie sie gedruckt wird; sonst, wie sie passt</translation>
    </message>
    <message>
        <source>What is plotted, as TSV beside the figure: a section for each panel</source>
        <translation>Was gezeichnet ist, als TSV neben der Abbildung: ein Abschnitt je Feld</translation>
    </message>
    <message>
        <source>Figure</source>
        <translation>Abbildung</translation>
    </message>
    <message>
        <source>Panel</source>
        <translation>Feld</translation>
    </message>
    <message>
        <source>There is no figure yet.

Add a panel, begin with a template, or choose “Add to the figure” in the menu of any chart.</source>
        <translation>Es gibt noch keine Abbildung.

Fügen Sie ein Feld hinzu, beginnen Sie mit einer Vorlage, oder wählen Sie „Zur Abbildung hinzufügen“ im Menü eines Diagramms.</translation>
    </message>
    <message>
        <source>Reading what the figure shows…</source>
        <translation>Was die Abbildung zeigt, wird gelesen…</translation>
    </message>
    <message>
        <source>Move a panel</source>
        <translation>Feld verschieben</translation>
    </message>
    <message>
        <source>Take a panel away</source>
        <translation>Feld entfernen</translation>
    </message>
    <message>
        <source>Label of a panel</source>
        <translation>Buchstabe eines Felds</translation>
    </message>
    <message>
        <source>Of %1</source>
        <translation>Zu %1</translation>
    </message>
    <message>
        <source>Of all genes</source>
        <translation>Zu allen Genen</translation>
    </message>
    <message>
        <source>What is tried, and people: from their charts&apos; menus</source>
        <translation>Ausprobiertes und Personen: aus den Menüs ihrer Diagramme</translation>
    </message>
    <message>
        <source>Open a template, or a figure…</source>
        <translation>Vorlage oder Abbildung öffnen…</translation>
    </message>
    <message>
        <source>Save as a template…</source>
        <translation>Als Vorlage speichern…</translation>
    </message>
    <message>
        <source>Open a figure</source>
        <translation>Abbildung öffnen</translation>
    </message>
    <message>
        <source>Saving a template</source>
        <translation>Vorlage wird gespeichert</translation>
    </message>
    <message>
        <source>Template saved</source>
        <translation>Vorlage gespeichert</translation>
    </message>
    <message>
        <source>Template saved, without %1 of this gene alone</source>
        <translation>Vorlage gespeichert, ohne %1 nur für dieses Gen</translation>
    </message>
    <message>
        <source>Saving %1</source>
        <translation>%1 wird gespeichert</translation>
    </message>
    <message>
        <source>Figure saved</source>
        <translation>Abbildung gespeichert</translation>
    </message>
    <message>
        <source>Figures of %1</source>
        <translation>Abbildungen von %1</translation>
    </message>
    <message>
        <source>%1 saved</source>
        <translation>%1 gespeichert</translation>
    </message>
    <message>
        <source>Save figure</source>
        <translation>Abbildung speichern</translation>
    </message>
    <message>
        <source>Open a template, or a figure</source>
        <translation>Vorlage oder Abbildung öffnen</translation>
    </message>
    <message>
        <source>Templates and figures (*%1 *.svg *.pdf *.png)</source>
        <translation>Vorlagen und Abbildungen (*%1 *.svg *.pdf *.png)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Save as a template</source>
        <translation>Als Vorlage speichern</translation>
    </message>
    <message>
        <source>Templates (*%1)</source>
        <translation>Vorlagen (*%1)</translation>
    </message>
    <message>
        <source>Folder for the figures</source>
        <translation>Ordner für die Abbildungen</translation>
    </message>
</context>
<context>
    <name>diploscope::ui::GeneFactsPage</name>
    <message>
        <source>SNV</source>
        <translation>SNV</translation>
    </message>
    <message>
        <source>Drivers</source>
        <translation>Treiber</translation>
    </message>
    <message>
        <source>well predicted</source>
        <translation>gut vorhergesagt</translation>
    </message>
    <message>
        <source>anti-correlated</source>
        <translation>antikorreliert</translation>
    </message>
    <message>
        <source>none in the tables</source>
        <translation>keine in den Tabellen</translation>
    </message>
    <message>
        <source>The main driver: the largest gain</source>
        <translation>Der Haupttreiber: der größte Gewinn</translation>
    </message>
</context>
<context>
    <name>diploscope::ui::GeneListModel</name>
    <message>
        <source>failed</source>
        <translation>gescheitert</translation>
    </message>
    <message>
        <source>supported</source>
        <translation>gestützt</translation>
    </message>
    <message>
        <source>Drivers whose eQTL effect has the model&apos;s sign, those with the other sign, and those that these people cannot decide; sorts by the share of the first</source>
        <translation>Treiber, deren eQTL-Effekt das Vorzeichen des Modells hat, die mit dem anderen Vorzeichen und die, über die diese Personen nichts entscheiden; sortiert nach dem Anteil der ersten</translation>
    </message>
    <message>
        <source>%1 (null: %2)</source>
        <translation>%1 (Nullmodell: %2)</translation>
    </message>
    <message>
        <source>. So far %1 of %2 genes are known: q changes with each that is added</source>
        <translation>. Bisher sind %1 von %2 Genen bekannt: q ändert sich mit jedem weiteren</translation>
    </message>
</context>
<context>
    <name>diploscope::ui::GeneListPanel</name>
    <message>
        <source>Name, 22:17M-18M or q &lt; 0.05</source>
        <translation>Name, 22:17M-18M, q &lt; 0.05</translation>
    </message>
    <message>
        <source>Part of a name, a place, or a condition on what is known of the genes:&lt;br&gt;&lt;b&gt;q &amp;lt; 0.05 and r &amp;lt; -0.2&lt;/b&gt;, &lt;b&gt;predixcan_r &amp;gt; 0.2 and not (abs(r) &amp;gt; 0.2)&lt;/b&gt;, &lt;b&gt;main_supported = 0&lt;/b&gt;, &lt;b&gt;p missing&lt;/b&gt;&lt;br&gt;(Ctrl+F)</source>
        <translation>Teil eines Namens, ein Ort oder eine Bedingung an das, was von den Genen bekannt ist:&lt;br&gt;&lt;b&gt;q &amp;lt; 0.05 and r &amp;lt; -0.2&lt;/b&gt;, &lt;b&gt;predixcan_r &amp;gt; 0.2 and not (abs(r) &amp;gt; 0.2)&lt;/b&gt;, &lt;b&gt;main_supported = 0&lt;/b&gt;, &lt;b&gt;p missing&lt;/b&gt;&lt;br&gt;(Strg+F)</translation>
    </message>
    <message>
        <source>Filter the genes</source>
        <translation>Gene filtern</translation>
    </message>
    <message>
        <source>&amp;Columns</source>
        <translation>S&amp;palten</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Analyse all</source>
        <translation>Alle analysieren</translation>
    </message>
    <message>
        <source>Stop analysing; what is finished stays</source>
        <translation>Analyse anhalten; was fertig ist, bleibt</translation>
    </message>
    <message>
        <source>Analyse every gene in the background (Ctrl+Shift+A)</source>
        <translation>Alle Gene im Hintergrund analysieren (Strg+Umschalt+A)</translation>
    </message>
    <message>
        <source> · %1 shown</source>
        <translation> · %1 gezeigt</translation>
    </message>
    <message>
        <source> · %1 analysed</source>
        <translation> · %1 analysiert</translation>
    </message>
</context>
<context>
    <name>diploscope::ui::GenePage</name>
    <message>
        <source>This gene could not be analysed</source>
        <translation>Dieses Gen konnte nicht analysiert werden</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Choose a gene on the left, or type its name above.</source>
        <translation>Wählen Sie links ein Gen, oder tippen Sie oben seinen Namen ein.</translation>
    </message>
    <message>
        <source>stopped · scores so far are kept</source>
        <translation>angehalten · bisherige Scores bleiben erhalten</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>gescheitert</translation>
    </message>
    <message>
        <source>computing…</source>
        <translation>wird berechnet…</translation>
    </message>
    <message>
        <source>no model is open</source>
        <translation>kein Modell geöffnet</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>angehalten</translation>
    </message>
    <message>
        <source>Open a model to see its predictions.</source>
        <translation>Öffnen Sie ein Modell, um seine Vorhersagen zu sehen.</translation>
    </message>
    <message>
        <source>nothing to show</source>
        <translation>nichts zu zeigen</translation>
    </message>
</context>
<context>
    <name>diploscope::ui::GeneResults</name>
    <message>
        <source>All genes · %1</source>
        <translation>Alle Gene · %1</translation>
    </message>
    <message>
        <source>Results so far</source>
        <translation>Ergebnisse bisher</translation>
    </message>
    <message>
        <source>of other weights of this name</source>
        <translation>von anderen Gewichten dieses Namens</translation>
    </message>
    <message>
        <source>under other options</source>
        <translation>unter anderen Optionen</translation>
    </message>
    <message>
        <source>One gene is kept %1.</source>
        <translation>Ein Gen ist %1 gespeichert.</translation>
    </message>
    <message>
        <source>%1 genes are kept %2.</source>
        <translation>%1 Gene sind %2 gespeichert.</translation>
    </message>
    <message>
        <source>On the command line: diploscope summary STUDY --run %1</source>
        <translation>Auf der Kommandozeile: diploscope summary STUDY --run %1</translation>
    </message>
</context>
<context>
    <name>diploscope::ui::GenomePage</name>
    <message>
        <source>Stored runs…</source>
        <translation>Gespeicherte Läufe…</translation>
    </message>
    <message>
        <source>null: %1</source>
        <translation>Null: %1</translation>
    </message>
    <message>
        <source>Null</source>
        <translation>Nullmodell</translation>
    </message>
    <message>
        <source>Which p against a gene&apos;s random predictors p and q are, on this page and in the gene list:&lt;br&gt;&lt;b&gt;as published&lt;/b&gt;, by the paper&apos;s t over 50 predictors, too small with few people;&lt;br&gt;&lt;b&gt;calibrated&lt;/b&gt;, by the t of one more draw;&lt;br&gt;&lt;b&gt;empirical&lt;/b&gt;, by rank: uniform where nothing is predicted, never below 1 / (K + 1)</source>
        <translation>Welches p gegen die Zufallsprädiktoren eines Gens p und q auf dieser Seite und in der Genliste meinen:&lt;br&gt;&lt;b&gt;wie veröffentlicht&lt;/b&gt;, nach dem t der Veröffentlichung über 50 Prädiktoren, bei wenigen Personen zu klein;&lt;br&gt;&lt;b&gt;kalibriert&lt;/b&gt;, nach dem t einer weiteren Ziehung;&lt;br&gt;&lt;b&gt;empirisch&lt;/b&gt;, nach dem Rang: gleichverteilt, wo nichts vorhergesagt wird, nie unter 1 / (K + 1)</translation>
    </message>
    <message>
        <source>Show all genes again (Esc)</source>
        <translation>Wieder alle Gene zeigen (Esc)</translation>
    </message>
    <message>
        <source>Look at results of earlier files, other options or other models, which are kept</source>
        <translation>Gespeicherte Ergebnisse früherer Dateien, anderer Optionen oder anderer Modelle ansehen</translation>
    </message>
    <message>
        <source>Analyse all genes</source>
        <translation>Alle Gene analysieren</translation>
    </message>
    <message>
        <source>No gene of this run could be analysed.</source>
        <translation>Kein Gen dieses Laufs konnte analysiert werden.</translation>
    </message>
    <message>
        <source>Open a model, then analyse the study&apos;s genes.</source>
        <translation>Öffnen Sie ein Modell, dann analysieren Sie die Gene der Studie.</translation>
    </message>
    <message>
        <source>No gene has been analysed yet.</source>
        <translation>Noch ist kein Gen analysiert.</translation>
    </message>
    <message>
        <source>No gene has been analysed with the study&apos;s files and the options as they are now. %1 kept: see Stored runs.</source>
        <translation>Kein Gen ist mit den Dateien der Studie und den Optionen analysiert, wie sie jetzt sind. %1 gespeichert: siehe Gespeicherte Läufe.</translation>
    </message>
    <message>
        <source>One other run is</source>
        <translation>Ein anderer Lauf ist</translation>
    </message>
    <message>
        <source>%1 other runs are</source>
        <translation>%1 andere Läufe sind</translation>
    </message>
    <message>
        <source>%1 selected  ✕</source>
        <translation>%1 ausgewählt  ✕</translation>
    </message>
</context>
<context>
    <name>diploscope::ui::GenomePanel</name>
    <message>
        <source>The other model</source>
        <translation>Das andere Modell</translation>
    </message>
</context>
<context>
    <name>diploscope::ui::GuideButton</name>
    <message>
        <source>What is this? (F1)</source>
        <translation>Was ist das? (F1)</translation>
    </message>
    <message>
        <source>What is this?</source>
        <translation>Was ist das?</translation>
    </message>
</context>
<context>
    <name>diploscope::ui::GuideDialog</name>
    <message>
        <source>Guide</source>
        <translation>Handbuch</translation>
    </message>
    <message>
        <source>Sections</source>
        <translation>Abschnitte</translation>
    </message>
    <message>
        <source>Text of the guide</source>
        <translation>Text des Handbuchs</translation>
    </message>
    <message>
        <source>Find in the guide</source>
        <translation>Im Handbuch suchen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>diploscope::ui::HelpTools</name>
    <message>
        <source>Nothing was logged yet.</source>
        <translation>Noch wurde nichts protokolliert.</translation>
    </message>
    <message>
        <source>There is no crash note.</source>
        <translation>Es gibt keine Absturznotiz.</translation>
    </message>
    <message>
        <source>No program opens it here.</source>
        <translation>Kein Programm öffnet sie hier.</translation>
    </message>
</context>
<context>
    <name>diploscope::ui::JobListModel</name>
    <message>
        <source>Job</source>
        <translation>Aufgabe</translation>
    </message>
    <message>
        <source>Doing</source>
        <translation>Tut gerade</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Fortschritt</translation>
    </message>
    <message>
        <source>Rate</source>
        <translation>Tempo</translation>
    </message>
    <message>
        <source>Time left</source>
        <translation>Restzeit</translation>
    </message>
</context>
<context>
    <name>diploscope::ui::JobTimesDialog</name>
    <message>
        <source>Where did the time go?</source>
        <translation>Wo blieb die Zeit?</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Kopieren</translation>
    </message>
    <message>
        <source>Processor seconds and memory are the whole program&apos;s meanwhile.</source>
        <translation>Prozessorsekunden und Speicher sind die des ganzen Programms in dieser Zeit.</translation>
    </message>
</context>
<context>
    <name>diploscope::ui::JobsPanel</name>
    <message>
        <source>Nothing has run yet.</source>
        <translation>Noch ist nichts gelaufen.</translation>
    </message>
    <message>
        <source>Where did the time go?</source>
        <translation>Wo blieb die Zeit?</translation>
    </message>
    <message>
        <source>Stop all</source>
        <translation>Alle anhalten</translation>
    </message>
    <message>
        <source>Clear finished</source>
        <translation>Fertige entfernen</translation>
    </message>
    <message>
        <source>Jobs</source>
        <translation>Aufgaben</translation>
    </message>
    <message>
        <source>Hide the jobs (Ctrl+J)</source>
        <translation>Aufgaben ausblenden (Strg+J)</translation>
    </message>
    <message>
        <source>Hide the jobs</source>
        <translation>Aufgaben ausblenden</translation>
    </message>
    <message>
        <source>Of the chosen job, once it is over</source>
        <translation>Der gewählten Aufgabe, sobald sie vorbei ist</translation>
    </message>
</context>
<context>
    <name>diploscope::ui::LocusBar</name>
    <message>
        <source>Region</source>
        <translation>Region</translation>
    </message>
    <message>
        <source>Closer</source>
        <translation>Näher</translation>
    </message>
    <message>
        <source>Farther</source>
        <translation>Weiter weg</translation>
    </message>
    <message>
        <source>TSS ±1 kb</source>
        <translation>TSS ±1 kb</translation>
    </message>
    <message>
        <source>1,000 bp on either side of the TSS</source>
        <translation>1,000 bp zu beiden Seiten des TSS</translation>
    </message>
    <message>
        <source>±100 bp</source>
        <translation>±100 bp</translation>
    </message>
    <message>
        <source>100 bp on either side of the selected SNV, or of the middle; bases are letters there</source>
        <translation>100 bp zu beiden Seiten der ausgewählten SNV oder der Mitte; Basen sind dort Buchstaben</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Alles</translation>
    </message>
    <message>
        <source>The whole window that the model reads</source>
        <translation>Das ganze Fenster, das das Modell liest</translation>
    </message>
    <message>
        <source>What is seen, from the first base to the last. Type another place: 22:19.92M-19.94M, a position, a variant, a gene. &lt;b&gt;%1&lt;/b&gt;</source>
        <translation>Was zu sehen ist, von der ersten Base bis zur letzten. Tippen Sie einen anderen Ort ein: 22:19.92M-19.94M, eine Position, eine Variante, ein Gen. &lt;b&gt;%1&lt;/b&gt;</translation>
    </message>
    <message>
        <source>1,000 bp on either side of the centre</source>
        <translation>1,000 bp zu beiden Seiten der Mitte</translation>
    </message>
    <message>
        <source>Centre ±1 kb</source>
        <translation>Mitte ±1 kb</translation>
    </message>
</context>
<context>
    <name>diploscope::ui::LocusContents</name>
    <message>
        <source>LD with %1</source>
        <translation>LD mit %1</translation>
    </message>
    <message>
        <source>LD with %1 SNVs</source>
        <translation>LD mit %1 SNVs</translation>
    </message>
    <message>
        <source>eQTL given %1</source>
        <translation>eQTL gegeben %1</translation>
    </message>
    <message>
        <source>Sorting haplotypes</source>
        <translation>Haplotypen werden sortiert</translation>
    </message>
    <message>
        <source>LD of pairs</source>
        <translation>LD der Paare</translation>
    </message>
    <message>
        <source>Reading %1</source>
        <translation>%1 wird gelesen</translation>
    </message>
</context>
<context>
    <name>diploscope::ui::LocusPanel</name>
    <message>
        <source>Locus</source>
        <translation>Lokus</translation>
    </message>
    <message>
        <source>TSS ±1 kb</source>
        <translation>TSS ±1 kb</translation>
    </message>
    <message>
        <source>±100 bp</source>
        <translation>±100 bp</translation>
    </message>
    <message>
        <source>the whole window</source>
        <translation>das ganze Fenster</translation>
    </message>
    <message>
        <source>Colour SNVs by the frequency of ALT or of all else, whichever is rarer</source>
        <translation>SNVs nach der Häufigkeit von ALT oder von allem anderen färben, je nachdem, was seltener ist</translation>
    </message>
    <message>
        <source>Colour SNVs by the fraction of people, of those with a genotype, who carry any non-reference allele, as the paper does</source>
        <translation>SNVs nach dem Anteil der Personen mit Genotyp färben, die irgendein Nicht-Referenz-Allel tragen, wie in der Veröffentlichung</translation>
    </message>
    <message>
        <source>ISM</source>
        <translation>ISM</translation>
    </message>
    <message>
        <source>What each SNV alone changes of the prediction</source>
        <translation>Was jede SNV allein an der Vorhersage ändert</translation>
    </message>
    <message>
        <source>Gradient</source>
        <translation>Gradient</translation>
    </message>
    <message>
        <source>What the gradient at the reference says of each SNV: one backward pass for the whole locus</source>
        <translation>Was der Gradient an der Referenz von jeder SNV sagt: ein Rückwärtslauf für den ganzen Lokus</translation>
    </message>
    <message>
        <source>Remove the track %1</source>
        <translation>Spur %1 entfernen</translation>
    </message>
    <message>
        <source>Move the track %1</source>
        <translation>Spur %1 verschieben</translation>
    </message>
    <message>
        <source>Resize the track %1</source>
        <translation>Höhe der Spur %1 ändern</translation>
    </message>
    <message>
        <source>Hide the track %1</source>
        <translation>Spur %1 ausblenden</translation>
    </message>
    <message>
        <source>Looking at files for the locus</source>
        <translation>Dateien für den Lokus werden angesehen</translation>
    </message>
    <message>
        <source>Add the track %1</source>
        <translation>Spur %1 hinzufügen</translation>
    </message>
    <message>
        <source>Add motifs</source>
        <translation>Motive hinzufügen</translation>
    </message>
    <message>
        <source>Add files</source>
        <translation>Dateien hinzufügen</translation>
    </message>
    <message>
        <source>Centre ±1 kb</source>
        <translation>Mitte ±1 kb</translation>
    </message>
</context>
<context>
    <name>diploscope::ui::MachineDialog</name>
    <message>
        <source>Loading LibTorch and measuring…</source>
        <translation>LibTorch wird geladen und gemessen…</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Kopieren</translation>
    </message>
    <message>
        <source>This machine</source>
        <translation>Dieser Rechner</translation>
    </message>
    <message>
        <source>Warning: %1</source>
        <translation>Warnung: %1</translation>
    </message>
</context>
<context>
    <name>diploscope::ui::MainWindow</name>
    <message>
        <source>Gene</source>
        <translation>Gen</translation>
    </message>
    <message>
        <source>Genome</source>
        <translation>Genom</translation>
    </message>
    <message>
        <source>What if</source>
        <translation>Versuche</translation>
    </message>
    <message>
        <source>Figures</source>
        <translation>Figuren</translation>
    </message>
    <message>
        <source>Changes written</source>
        <translation>Änderungen geschrieben</translation>
    </message>
    <message>
        <source>Figure saved</source>
        <translation>Abbildung gespeichert</translation>
    </message>
    <message>
        <source>%1 is no study file</source>
        <translation>%1 ist keine Studiendatei</translation>
    </message>
    <message>
        <source>It holds %1: the assistant makes a study of it and the files that belong to it.</source>
        <translation>Sie enthält %1: der Assistent macht aus ihr und den zugehörigen Dateien eine Studie.</translation>
    </message>
    <message>
        <source>Back to %1</source>
        <translation>Zurück zu %1</translation>
    </message>
    <message>
        <source>Forward to %1</source>
        <translation>Vor zu %1</translation>
    </message>
    <message>
        <source>Clear the selection</source>
        <translation>Auswahl aufheben</translation>
    </message>
    <message>
        <source>Open a study</source>
        <translation>Studie öffnen</translation>
    </message>
    <message>
        <source>Studies (*%1)</source>
        <translation>Studien (*%1)</translation>
    </message>
    <message>
        <source>Sessions (*%1)</source>
        <translation>Sitzungen (*%1)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Let this model run?</source>
        <translation>Darf dieses Modell laufen?</translation>
    </message>
    <message>
        <source>%1

Let it run only if you trust whoever made it. The answer is kept for this content of its files.</source>
        <translation>%1

Lassen Sie es nur laufen, wenn Sie denen vertrauen, die es gemacht haben. Die Antwort gilt für diesen Inhalt seiner Dateien.</translation>
    </message>
    <message>
        <source>&amp;Let it run</source>
        <translation>&amp;Laufen lassen</translation>
    </message>
    <message>
        <source>Zoom</source>
        <translation>Zoomen</translation>
    </message>
    <message>
        <source>Go to %1</source>
        <translation>Zu %1 gehen</translation>
    </message>
    <message>
        <source>Show the gradient</source>
        <translation>Gradienten zeigen</translation>
    </message>
    <message>
        <source>Show ISM</source>
        <translation>ISM zeigen</translation>
    </message>
    <message>
        <source>Tracks for the locus</source>
        <translation>Spuren für den Lokus</translation>
    </message>
    <message>
        <source>Colour by %1</source>
        <translation>Nach %1 färben</translation>
    </message>
    <message>
        <source>Hold the model against what is observed</source>
        <translation>Modell mit dem Beobachteten vergleichen</translation>
    </message>
    <message>
        <source>Hold the model against %1</source>
        <translation>Modell mit %1 vergleichen</translation>
    </message>
    <message>
        <source>Filter the genes</source>
        <translation>Gene filtern</translation>
    </message>
    <message>
        <source>Null: %1</source>
        <translation>Nullmodell: %1</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Rückgängig</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>&amp;Wiederherstellen</translation>
    </message>
    <message>
        <source>Show %1</source>
        <translation>%1 zeigen</translation>
    </message>
    <message>
        <source>Model %1</source>
        <translation>Modell %1</translation>
    </message>
    <message>
        <source>Score of %1</source>
        <translation>Score von %1</translation>
    </message>
    <message>
        <source>Show one gene</source>
        <translation>Ein Gen zeigen</translation>
    </message>
    <message>
        <source>Show all genes</source>
        <translation>Alle Gene zeigen</translation>
    </message>
    <message>
        <source>Show what is tried</source>
        <translation>Ausprobiertes zeigen</translation>
    </message>
    <message>
        <source>Show the figure</source>
        <translation>Abbildung zeigen</translation>
    </message>
    <message>
        <source>Add a panel</source>
        <translation>Feld hinzufügen</translation>
    </message>
    <message>
        <source>Added to the figure</source>
        <translation>Zur Abbildung hinzugefügt</translation>
    </message>
    <message>
        <source>It has %1 now; the page “Figures” shows it.</source>
        <translation>Sie hat jetzt %1; die Seite „Figuren“ zeigt sie.</translation>
    </message>
    <message>
        <source>Models and libraries</source>
        <translation>Modelle und Bibliotheken</translation>
    </message>
    <message>
        <source>The program crashed when it ran before.</source>
        <translation>Das Programm ist beim letzten Mal abgestürzt.</translation>
    </message>
    <message>
        <source>Please report it with this note. Finished work was kept.</source>
        <translation>Bitte melden Sie das mit dieser Notiz. Fertige Arbeit ist erhalten.</translation>
    </message>
    <message>
        <source>Stored runs…</source>
        <translation>Gespeicherte Läufe…</translation>
    </message>
    <message>
        <source>Show run %1</source>
        <translation>Lauf %1 zeigen</translation>
    </message>
    <message>
        <source>Show the current results</source>
        <translation>Aktuelle Ergebnisse zeigen</translation>
    </message>
    <message>
        <source>The study does not have all that the session shows</source>
        <translation>Die Studie hat nicht alles, was die Sitzung zeigt</translation>
    </message>
    <message>
        <source>Left out: %1. The rest is as it was.</source>
        <translation>Ausgelassen: %1. Alles andere ist, wie es war.</translation>
    </message>
    <message>
        <source>The gene does not have all SNVs that were to be selected</source>
        <translation>Das Gen hat nicht alle SNVs, die ausgewählt werden sollten</translation>
    </message>
    <message>
        <source>Left out: %1 of %2.</source>
        <translation>Ausgelassen: %1 von %2.</translation>
    </message>
    <message>
        <source>The window ended before it was closed</source>
        <translation>Das Fenster endete, bevor es geschlossen wurde</translation>
    </message>
    <message>
        <source>It showed %1.</source>
        <translation>Es zeigte %1.</translation>
    </message>
    <message>
        <source>Open it again</source>
        <translation>Wieder öffnen</translation>
    </message>
    <message>
        <source>No study is open</source>
        <translation>Keine Studie geöffnet</translation>
    </message>
    <message>
        <source>Hold the model against reads by copy</source>
        <translation>Modell mit Reads je Kopie vergleichen</translation>
    </message>
</context>
<context>
    <name>diploscope::ui::Message</name>
    <message>
        <source>Close this message</source>
        <translation>Diese Meldung schließen</translation>
    </message>
    <message>
        <source>This came %1 times</source>
        <translation>Das kam %1 Mal</translation>
    </message>
</context>
<context>
    <name>diploscope::ui::ModelListModel</name>
    <message>
        <source>%1 bp</source>
        <translation>%1 bp</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Reads</source>
        <translation>Liest</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Von</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>Status</translation>
    </message>
</context>
<context>
    <name>diploscope::ui::ModelManager</name>
    <message>
        <source>Models</source>
        <translation>Modelle</translation>
    </message>
    <message>
        <source>&amp;Use this model</source>
        <translation>Dieses Modell &amp;verwenden</translation>
    </message>
    <message>
        <source>Known models</source>
        <translation>Bekannte Modelle</translation>
    </message>
    <message>
        <source>&amp;Add a folder…</source>
        <translation>&amp;Ordner hinzufügen…</translation>
    </message>
    <message>
        <source>and copy it</source>
        <translation>und kopieren</translation>
    </message>
    <message>
        <source>and link to it</source>
        <translation>und verknüpfen</translation>
    </message>
    <message>
        <source>How to add a folder</source>
        <translation>Wie ein Ordner hinzugefügt wird</translation>
    </message>
    <message>
        <source>A model is a folder with a model.json and the weights that it names. A copy is the program&apos;s own; a link takes no space, but the folder must stay.</source>
        <translation>Ein Modell ist ein Ordner mit einer model.json und den Gewichten, die sie nennt. Eine Kopie gehört dem Programm; eine Verknüpfung braucht keinen Platz, aber der Ordner muss bleiben.</translation>
    </message>
    <message>
        <source>&amp;Copy path</source>
        <translation>Pfad &amp;kopieren</translation>
    </message>
    <message>
        <source>&amp;Open folder</source>
        <translation>Ordner ö&amp;ffnen</translation>
    </message>
    <message>
        <source>Checking %1…</source>
        <translation>%1 wird geprüft…</translation>
    </message>
    <message>
        <source>No model yet</source>
        <translation>Noch kein Modell</translation>
    </message>
    <message>
        <source>Choose a model</source>
        <translation>Modell wählen</translation>
    </message>
    <message>
        <source>reads %1 bp</source>
        <translation>liest %1 bp</translation>
    </message>
    <message>
        <source>no licence given</source>
        <translation>keine Lizenz angegeben</translation>
    </message>
    <message>
        <source>licence %1</source>
        <translation>Lizenz %1</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>Bereit</translation>
    </message>
    <message>
        <source>The weights are missing: %1</source>
        <translation>Die Gewichte fehlen: %1</translation>
    </message>
    <message>
        <source>Where from: %1</source>
        <translation>Woher: %1</translation>
    </message>
    <message>
        <source>Weights: %1</source>
        <translation>Gewichte: %1</translation>
    </message>
    <message>
        <source>Put them at
%1</source>
        <translation>Legen Sie sie ab unter
%1</translation>
    </message>
    <message>
        <source>
or at
</source>
        <translation>
oder unter
</translation>
    </message>
    <message>
        <source>Listing models</source>
        <translation>Modelle werden aufgelistet</translation>
    </message>
    <message>
        <source>Add a model&apos;s folder</source>
        <translation>Ordner eines Modells hinzufügen</translation>
    </message>
    <message>
        <source>Adding %1…</source>
        <translation>%1 wird hinzugefügt…</translation>
    </message>
    <message>
        <source>Adding model %1</source>
        <translation>Modell %1 wird hinzugefügt</translation>
    </message>
    <message>
        <source>Added as %1</source>
        <translation>Hinzugefügt als %1</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>Angehalten</translation>
    </message>
    <message>
        <source>Opening a folder</source>
        <translation>Ordner wird geöffnet</translation>
    </message>
    <message>
        <source>No program opens folders here: %1</source>
        <translation>Kein Programm öffnet hier Ordner: %1</translation>
    </message>
</context>
<context>
    <name>diploscope::ui::MotifFinder</name>
    <message>
        <source>Reading motifs</source>
        <translation>Motive werden gelesen</translation>
    </message>
</context>
<context>
    <name>diploscope::ui::MovesChart</name>
    <message>
        <source>Before and after</source>
        <translation>Vorher und nachher</translation>
    </message>
    <message>
        <source>%1: %2 → %3</source>
        <translation>%1: %2 → %3</translation>
    </message>
</context>
<context>
    <name>diploscope::ui::OtherModels</name>
    <message>
        <source>computing…</source>
        <translation>wird berechnet…</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>angehalten</translation>
    </message>
</context>
<context>
    <name>diploscope::ui::PanelForm</name>
    <message>
        <source>Title</source>
        <translation>Titel</translation>
    </message>
    <message>
        <source>Statistics</source>
        <translation>Statistik</translation>
    </message>
    <message>
        <source>Legend</source>
        <translation>Legende</translation>
    </message>
    <message>
        <source>Colour bar</source>
        <translation>Farbskala</translation>
    </message>
    <message>
        <source>Gene</source>
        <translation>Gen</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Gene of a panel</source>
        <translation>Gen eines Felds</translation>
    </message>
    <message>
        <source>Model of a panel</source>
        <translation>Modell eines Felds</translation>
    </message>
    <message>
        <source>x axis</source>
        <translation>x-Achse</translation>
    </message>
    <message>
        <source>y axis</source>
        <translation>y-Achse</translation>
    </message>
    <message>
        <source>*italics*, R^{2} and log_{10}; empty: what the figure says by itself</source>
        <translation>*kursiv*, R^{2} und log_{10}; leer: was die Abbildung von selbst sagt</translation>
    </message>
    <message>
        <source>Label of a panel</source>
        <translation>Buchstabe eines Felds</translation>
    </message>
    <message>
        <source>Title of a panel</source>
        <translation>Titel eines Felds</translation>
    </message>
    <message>
        <source>Statistics of a panel</source>
        <translation>Statistik eines Felds</translation>
    </message>
    <message>
        <source>Legend of a panel</source>
        <translation>Legende eines Felds</translation>
    </message>
    <message>
        <source>Colour bar of a panel</source>
        <translation>Farbskala eines Felds</translation>
    </message>
    <message>
        <source>Shows</source>
        <translation>Zeigt</translation>
    </message>
    <message>
        <source>x from, to</source>
        <translation>x von, bis</translation>
    </message>
    <message>
        <source>y from, to</source>
        <translation>y von, bis</translation>
    </message>
    <message>
        <source>Limits of an axis</source>
        <translation>Grenzen einer Achse</translation>
    </message>
    <message>
        <source>Columns wide</source>
        <translation>Spalten breit</translation>
    </message>
    <message>
        <source>Rows high</source>
        <translation>Zeilen hoch</translation>
    </message>
    <message>
        <source>Size of a panel</source>
        <translation>Größe eines Felds</translation>
    </message>
    <message>
        <source>There is no panel yet. Add one, or begin with a template.</source>
        <translation>Es gibt noch kein Feld. Fügen Sie eines hinzu, oder beginnen Sie mit einer Vorlage.</translation>
    </message>
    <message>
        <source>No panel is chosen. Click one on the sheet, or go there and press an arrow key.</source>
        <translation>Kein Feld ist gewählt. Klicken Sie eines auf dem Blatt an, oder gehen Sie dorthin und drücken Sie eine Pfeiltaste.</translation>
    </message>
    <message>
        <source>all genes</source>
        <translation>alle Gene</translation>
    </message>
    <message>
        <source>all data</source>
        <translation>alle Daten</translation>
    </message>
</context>
<context>
    <name>diploscope::ui::PersonCard</name>
    <message>
        <source>Person</source>
        <translation>Person</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Haplotypes</source>
        <translation>Haplotypen</translation>
    </message>
    <message>
        <source>Step by step</source>
        <translation>Schritt für Schritt</translation>
    </message>
    <message>
        <source>Select nobody: the drivers come back</source>
        <translation>Niemanden auswählen: die Treiber kommen zurück</translation>
    </message>
    <message>
        <source>Select nobody</source>
        <translation>Niemanden auswählen</translation>
    </message>
    <message>
        <source>stopped · scores so far are kept</source>
        <translation>angehalten · bisherige Scores bleiben erhalten</translation>
    </message>
    <message>
        <source>Once every SNV has its effect, the steps follow.</source>
        <translation>Sobald jede SNV ihren Effekt hat, folgen die Schritte.</translation>
    </message>
    <message>
        <source>reading genotypes…</source>
        <translation>Genotypen werden gelesen…</translation>
    </message>
    <message>
        <source>predicting step by step…</source>
        <translation>Vorhersage Schritt für Schritt…</translation>
    </message>
</context>
<context>
    <name>diploscope::ui::PersonExplorer</name>
    <message>
        <source> and %1</source>
        <translation> und %1</translation>
    </message>
    <message>
        <source>%1 step by step</source>
        <translation>%1 Schritt für Schritt</translation>
    </message>
</context>
<context>
    <name>diploscope::ui::PreferencesDialog</name>
    <message>
        <source>Preferences</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>&amp;Reset to defaults</source>
        <translation>Auf &amp;Vorgaben zurücksetzen</translation>
    </message>
    <message>
        <source>Give the whole path, from / on.</source>
        <translation>Geben Sie den ganzen Pfad an, ab /.</translation>
    </message>
    <message>
        <source>Cache of scores</source>
        <translation>Cache der Scores</translation>
    </message>
    <message>
        <source>Loading LibTorch…</source>
        <translation>LibTorch wird geladen…</translation>
    </message>
    <message>
        <source>Looking for devices</source>
        <translation>Geräte werden gesucht</translation>
    </message>
    <message>
        <source>Graphics card (%1)</source>
        <translation>Grafikkarte (%1)</translation>
    </message>
    <message>
        <source>LibTorch %1 computes on: %2.%3</source>
        <translation>LibTorch %1 rechnet auf: %2.%3</translation>
    </message>
    <message>
        <source> No graphics card answers.</source>
        <translation> Keine Grafikkarte antwortet.</translation>
    </message>
    <message>
        <source>Looking…</source>
        <translation>Wird nachgesehen…</translation>
    </message>
    <message>
        <source>Size of the cache</source>
        <translation>Größe des Caches</translation>
    </message>
    <message>
        <source>Empty</source>
        <translation>Leer</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>Clearing…</source>
        <translation>Wird geleert…</translation>
    </message>
    <message>
        <source>Clearing the cache</source>
        <translation>Cache wird geleert</translation>
    </message>
    <message>
        <source>Computing</source>
        <translation>Rechnen</translation>
    </message>
    <message>
        <source>Processor (cpu)</source>
        <translation>Prozessor (cpu)</translation>
    </message>
    <message>
        <source>&amp;Look for a graphics card</source>
        <translation>&amp;Grafikkarte suchen</translation>
    </message>
    <message>
        <source>%1 computes on this device. Other models use it for whole forward passes only: their fast scoring always runs on the processor.</source>
        <translation>%1 rechnet auf diesem Gerät. Andere Modelle nutzen es nur für ganze Vorwärtsläufe: ihr schnelles Scoring läuft immer auf dem Prozessor.</translation>
    </message>
    <message>
        <source>All (%1)</source>
        <translation>Alle (%1)</translation>
    </message>
    <message>
        <source>&amp;Device</source>
        <translation>&amp;Gerät</translation>
    </message>
    <message>
        <source>&amp;Threads</source>
        <translation>&amp;Threads</translation>
    </message>
    <message>
        <source>never</source>
        <translation>nie</translation>
    </message>
    <message>
        <source>every </source>
        <translation>alle </translation>
    </message>
    <message>
        <source> new scores</source>
        <translation> neuen Scores</translation>
    </message>
    <message>
        <source>One score, and one of each kind, is also made by a whole forward pass, and compared; from 500 on as far as that takes a tenth of the work</source>
        <translation>Ein Score, und einer jeder Art, wird auch durch einen ganzen Vorwärtslauf berechnet und verglichen; ab 500, soweit das ein Zehntel der Arbeit ausmacht</translation>
    </message>
    <message>
        <source>Self-chec&amp;k</source>
        <translation>Selbst&amp;prüfung</translation>
    </message>
    <message>
        <source>Appearance and effects</source>
        <translation>Aussehen und Effekte</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Wie das System</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>Of the window, from the next start on. Figures, reports and tables are English.</source>
        <translation>Des Fensters, vom nächsten Start an. Abbildungen, Berichte und Tabellen sind englisch.</translation>
    </message>
    <message>
        <source>As the study says</source>
        <translation>Wie die Studie sagt</translation>
    </message>
    <message>
        <source>Alternate allele</source>
        <translation>Alternatives Allel</translation>
    </message>
    <message>
        <source>Minor allele</source>
        <translation>Selteneres Allel</translation>
    </message>
    <message>
        <source>T&amp;heme</source>
        <translation>&amp;Farben</translation>
    </message>
    <message>
        <source>Lan&amp;guage</source>
        <translation>Spra&amp;che</translation>
    </message>
    <message>
        <source>&amp;Effects are of the</source>
        <translation>&amp;Effekte gelten für</translation>
    </message>
    <message>
        <source>Effects of the model and of eQTLs always share one allele, so verdicts do not depend on it.</source>
        <translation>Effekte von Modell und eQTLs gelten immer für dasselbe Allel; Urteile hängen nicht davon ab.</translation>
    </message>
    <message>
        <source> GiB</source>
        <translation> GiB</translation>
    </message>
    <message>
        <source>C&amp;hoose…</source>
        <translation>&amp;Wählen…</translation>
    </message>
    <message>
        <source>&amp;Clear</source>
        <translation>&amp;Leeren</translation>
    </message>
    <message>
        <source>Largest &amp;size</source>
        <translation>Größ&amp;te Größe</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Datei</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>Jetzt</translation>
    </message>
    <message>
        <source>Which SNVs count as drivers</source>
        <translation>Welche SNVs als Treiber gelten</translation>
    </message>
    <message>
        <source>Forward, as the paper</source>
        <translation>Vorwärts, wie veröffentlicht</translation>
    </message>
    <message>
        <source>Backward</source>
        <translation>Rückwärts</translation>
    </message>
    <message>
        <source>Forward: SNVs are added by the size of their effect. Backward: the SNV whose removal costs most is removed, again and again.</source>
        <translation>Vorwärts: SNVs kommen nach der Größe ihres Effekts hinzu. Rückwärts: immer wieder wird die SNV entfernt, deren Entfernen am meisten kostet.</translation>
    </message>
    <message>
        <source>Fo&amp;und</source>
        <translation>Ges&amp;ucht</translation>
    </message>
    <message>
        <source>Linear R &amp;above</source>
        <translation>Lineares R ü&amp;ber</translation>
    </message>
    <message>
        <source>&amp;Gain of R at least</source>
        <translation>Ge&amp;winn an R mindestens</translation>
    </message>
    <message>
        <source>Own &amp;p below</source>
        <translation>Eigenes p u&amp;nter</translation>
    </message>
    <message>
        <source>A gene at or below the linear R is called not additive and gets no drivers. The p is divided by the number of SNVs.</source>
        <translation>Ein Gen mit höchstens diesem linearen R heißt nicht additiv und bekommt keine Treiber. Das p wird durch die Zahl der SNVs geteilt.</translation>
    </message>
    <message>
        <source>Statistics</source>
        <translation>Statistik</translation>
    </message>
    <message>
        <source>Of the calibrated null and the empirical p; the published null has %1</source>
        <translation>Des kalibrierten Nullmodells und des empirischen p; das veröffentlichte Nullmodell hat %1</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>People drawn anew, for the intervals of R and of drivers&apos; slopes</source>
        <translation>Neu gezogene Personen, für die Intervalle von R und der Steigungen von Treibern</translation>
    </message>
    <message>
        <source>SuS&amp;iE</source>
        <translation>SuS&amp;iE</translation>
    </message>
    <message>
        <source>How likely each SNV is causal for expression, and credible sets</source>
        <translation>Wie wahrscheinlich jede SNV für die Expression kausal ist, und Credible Sets</translation>
    </message>
    <message>
        <source>Of the random predictors and resamples</source>
        <translation>Der Zufallsprädiktoren und Ziehungen</translation>
    </message>
    <message>
        <source>&amp;Null predictors</source>
        <translation>&amp;Zufallsprädiktoren</translation>
    </message>
    <message>
        <source>&amp;Bootstrap resamples</source>
        <translation>B&amp;ootstrap-Ziehungen</translation>
    </message>
    <message>
        <source>Fine &amp;mapping</source>
        <translation>Feinka&amp;rtierung</translation>
    </message>
    <message>
        <source>Seed of rand&amp;om numbers</source>
        <translation>Startwert der Z&amp;ufallszahlen</translation>
    </message>
    <message>
        <source>Changes take effect at once, another language at the next start.</source>
        <translation>Änderungen wirken sofort, eine andere Sprache beim nächsten Start.</translation>
    </message>
</context>
<context>
    <name>diploscope::ui::ProblemListModel</name>
    <message>
        <source>   in  %1
</source>
        <translation>   in  %1
</translation>
    </message>
    <message>
        <source>   do  %1
</source>
        <translation>   Rat %1
</translation>
    </message>
    <message>
        <source>Problem: %1</source>
        <translation>Problem: %1</translation>
    </message>
</context>
<context>
    <name>diploscope::ui::ProblemsDialog</name>
    <message>
        <source>Problems of a study</source>
        <translation>Probleme einer Studie</translation>
    </message>
    <message>
        <source>Problems</source>
        <translation>Probleme</translation>
    </message>
    <message>
        <source>&amp;Open again</source>
        <translation>&amp;Wieder öffnen</translation>
    </message>
    <message>
        <source>&amp;Copy all</source>
        <translation>&amp;Alle kopieren</translation>
    </message>
    <message>
        <source>%1 in %2</source>
        <translation>%1 in %2</translation>
    </message>
    <message>
        <source>The study was not opened. Mend what is listed here, then open it again.</source>
        <translation>Die Studie wurde nicht geöffnet. Beheben Sie, was hier steht, dann öffnen Sie sie wieder.</translation>
    </message>
</context>
<context>
    <name>diploscope::ui::PublishedSaturationPanel</name>
    <message>
        <source>Every base to the three others, round the published drivers</source>
        <translation>Jede Base in die drei anderen, um die veröffentlichten Treiber</translation>
    </message>
    <message>
        <source>Published saturation</source>
        <translation>Veröffentlichte Sättigung</translation>
    </message>
    <message>
        <source>Driver</source>
        <translation>Treiber</translation>
    </message>
    <message>
        <source>Logo</source>
        <translation>Logo</translation>
    </message>
    <message>
        <source>logo: raw</source>
        <translation>Logo: roh</translation>
    </message>
    <message>
        <source>logo: centred</source>
        <translation>Logo: zentriert</translation>
    </message>
    <message>
        <source>Coherence</source>
        <translation>Kohärenz</translation>
    </message>
    <message>
        <source>Show the driver at %1</source>
        <translation>Treiber bei %1 zeigen</translation>
    </message>
    <message>
        <source>Centre the logo</source>
        <translation>Logo zentrieren</translation>
    </message>
    <message>
        <source>Show the logo of effects</source>
        <translation>Logo der Effekte zeigen</translation>
    </message>
    <message>
        <source>driver at %1</source>
        <translation>Treiber bei %1</translation>
    </message>
</context>
<context>
    <name>diploscope::ui::PublishedSaturations</name>
    <message>
        <source>Published saturation</source>
        <translation>Veröffentlichte Sättigung</translation>
    </message>
</context>
<context>
    <name>diploscope::ui::ReferencesButton</name>
    <message>
        <source>LD</source>
        <translation>LD</translation>
    </message>
    <message>
        <source>LD references, and eQTL effects beside an SNV</source>
        <translation>LD-Bezugs-SNVs und eQTL-Effekte neben einer SNV</translation>
    </message>
    <message>
        <source>Which SNVs LD is with, and beside which one eQTL effects are</source>
        <translation>Mit welchen SNVs das LD gilt, und neben welcher die eQTL-Effekte stehen</translation>
    </message>
    <message>
        <source>Unpin the LD reference %1</source>
        <translation>LD-Bezug %1 lösen</translation>
    </message>
    <message>
        <source>Make %1 an LD reference</source>
        <translation>%1 zum LD-Bezug machen</translation>
    </message>
    <message>
        <source>eQTL of each SNV alone</source>
        <translation>eQTL jeder SNV allein</translation>
    </message>
    <message>
        <source>eQTL given %1</source>
        <translation>eQTL gegeben %1</translation>
    </message>
    <message>
        <source>No gene is shown</source>
        <translation>Kein Gen wird gezeigt</translation>
    </message>
    <message>
        <source>Select an SNV to hold others against it</source>
        <translation>Wählen Sie eine SNV aus, um andere mit ihr zu vergleichen</translation>
    </message>
    <message>
        <source>Unpin all LD references</source>
        <translation>Alle LD-Bezüge lösen</translation>
    </message>
</context>
<context>
    <name>diploscope::ui::RegionTools</name>
    <message>
        <source>Save the regions of interest</source>
        <translation>Interessante Regionen speichern</translation>
    </message>
    <message>
        <source>BED (*.bed)</source>
        <translation>BED (*.bed)</translation>
    </message>
    <message>
        <source>Saving %1</source>
        <translation>%1 wird gespeichert</translation>
    </message>
    <message>
        <source>Regions saved</source>
        <translation>Regionen gespeichert</translation>
    </message>
</context>
<context>
    <name>diploscope::ui::RegionsDialog</name>
    <message>
        <source>Regions of interest</source>
        <translation>Interessante Regionen</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>Ort</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Notiz</translation>
    </message>
    <message>
        <source>&amp;Add what is seen</source>
        <translation>&amp;Sichtbares hinzufügen</translation>
    </message>
    <message>
        <source>&amp;Remove</source>
        <translation>&amp;Entfernen</translation>
    </message>
    <message>
        <source>&amp;Show</source>
        <translation>&amp;Zeigen</translation>
    </message>
    <message>
        <source>Save as &amp;BED…</source>
        <translation>Als &amp;BED speichern…</translation>
    </message>
    <message>
        <source>region %1</source>
        <translation>Region %1</translation>
    </message>
    <message>
        <source>Add a region of interest</source>
        <translation>Interessante Region hinzufügen</translation>
    </message>
    <message>
        <source>Remove a region of interest</source>
        <translation>Interessante Region entfernen</translation>
    </message>
    <message>
        <source>Name a region of interest</source>
        <translation>Interessante Region benennen</translation>
    </message>
    <message>
        <source>Note on a region of interest</source>
        <translation>Notiz zu einer interessanten Region</translation>
    </message>
</context>
<context>
    <name>diploscope::ui::RunBanner</name>
    <message>
        <source>Back to the current results</source>
        <translation>Zurück zu den aktuellen Ergebnissen</translation>
    </message>
    <message>
        <source>Back to the current</source>
        <translation>Zurück zu den aktuellen</translation>
    </message>
    <message>
        <source>Show what is stored of the study as it is, under the options as they are</source>
        <translation>Zeigen, was von der Studie, wie sie ist, unter den jetzigen Optionen gespeichert ist</translation>
    </message>
    <message>
        <source>Run %1, not the current results</source>
        <translation>Lauf %1, nicht die aktuellen Ergebnisse</translation>
    </message>
    <message>
        <source>A gene that you open is computed from the files as they are now.</source>
        <translation>Ein Gen, das Sie öffnen, wird aus den jetzigen Dateien berechnet.</translation>
    </message>
</context>
<context>
    <name>diploscope::ui::RunListModel</name>
    <message>
        <source>%1, shown</source>
        <translation>%1, gezeigt</translation>
    </message>
    <message>
        <source>%1, %2 failed</source>
        <translation>%1, %2 gescheitert</translation>
    </message>
    <message>
        <source>%1; %2</source>
        <translation>%1; %2</translation>
    </message>
    <message>
        <source>shown</source>
        <translation>gezeigt</translation>
    </message>
    <message>
        <source>Whether the study&apos;s files have the content now that they had then</source>
        <translation>Ob die Dateien der Studie jetzt denselben Inhalt haben wie damals</translation>
    </message>
    <message>
        <source>What the run has otherwise than the window&apos;s model and options</source>
        <translation>Worin sich der Lauf von Modell und Optionen des Fensters unterscheidet</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>Lauf</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Score</source>
        <translation>Score</translation>
    </message>
    <message>
        <source>Null</source>
        <translation>Nullmodell</translation>
    </message>
    <message>
        <source>Stored</source>
        <translation>Gespeichert</translation>
    </message>
    <message>
        <source>Genes</source>
        <translation>Gene</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>Dateien</translation>
    </message>
    <message>
        <source>Marked</source>
        <translation>Vermerk</translation>
    </message>
</context>
<context>
    <name>diploscope::ui::RunShelf</name>
    <message>
        <source>Stored runs</source>
        <translation>Gespeicherte Läufe</translation>
    </message>
    <message>
        <source>Stored run %1</source>
        <translation>Gespeicherter Lauf %1</translation>
    </message>
    <message>
        <source>Run %1 is no longer stored.</source>
        <translation>Lauf %1 ist nicht mehr gespeichert.</translation>
    </message>
    <message>
        <source>What is shown stays as it is. List the stored runs again: another program may have moved or replaced them.</source>
        <translation>Was gezeigt wird, bleibt. Listen Sie die gespeicherten Läufe neu auf: ein anderes Programm kann sie verschoben oder ersetzt haben.</translation>
    </message>
    <message>
        <source>Run %1 is shown, not the current results</source>
        <translation>Lauf %1 wird gezeigt, nicht die aktuellen Ergebnisse</translation>
    </message>
    <message>
        <source> Its model is not the one that is open.</source>
        <translation> Sein Modell ist nicht das geöffnete.</translation>
    </message>
    <message>
        <source> Figures, the gene list and tables of all genes are of what was stored then; a gene that you open is computed from the study&apos;s files and options as they are now.</source>
        <translation> Abbildungen, Genliste und Tabellen aller Gene zeigen, was damals gespeichert wurde; ein Gen, das Sie öffnen, wird aus den jetzigen Dateien und Optionen der Studie berechnet.</translation>
    </message>
    <message>
        <source>No longer in the study, and so not to be opened: %1 of it.</source>
        <translation>Nicht mehr in der Studie und daher nicht zu öffnen: %1 davon.</translation>
    </message>
</context>
<context>
    <name>diploscope::ui::RunsDialog</name>
    <message>
        <source>Stored runs</source>
        <translation>Gespeicherte Läufe</translation>
    </message>
    <message>
        <source>&amp;Show this run</source>
        <translation>Diesen Lauf &amp;zeigen</translation>
    </message>
    <message>
        <source>Results are kept when the study&apos;s files, its model or the options change, and none is removed. Any of them can be looked at on the page of all genes.</source>
        <translation>Ergebnisse bleiben erhalten, wenn sich die Dateien der Studie, ihr Modell oder die Optionen ändern; keines wird gelöscht. Jedes lässt sich auf der Seite aller Gene ansehen.</translation>
    </message>
    <message>
        <source>Nothing is stored of this study yet.</source>
        <translation>Von dieser Studie ist noch nichts gespeichert.</translation>
    </message>
    <message>
        <source>Stored runs cannot be compared with the study as it is. %1</source>
        <translation>Gespeicherte Läufe lassen sich nicht mit der Studie vergleichen, wie sie ist. %1</translation>
    </message>
    <message>
        <source>Back to the current &amp;results</source>
        <translation>Zurück zu den aktuellen E&amp;rgebnissen</translation>
    </message>
    <message>
        <source>%1.
Score: %2. Null: %3.</source>
        <translation>%1.
Score: %2. Nullmodell: %3.</translation>
    </message>
</context>
<context>
    <name>diploscope::ui::SaturationPanel</name>
    <message>
        <source>Every base to the three others</source>
        <translation>Jede Base in die drei anderen</translation>
    </message>
    <message>
        <source>coherence</source>
        <translation>Kohärenz</translation>
    </message>
    <message>
        <source>Saturate</source>
        <translation>Sättigen</translation>
    </message>
    <message>
        <source>Saturation</source>
        <translation>Sättigung</translation>
    </message>
    <message>
        <source>Centre the logo</source>
        <translation>Logo zentrieren</translation>
    </message>
    <message>
        <source>Show the logo of effects</source>
        <translation>Logo der Effekte zeigen</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>Wo</translation>
    </message>
    <message>
        <source>round the TSS</source>
        <translation>um den TSS</translation>
    </message>
    <message>
        <source>round the selected SNV</source>
        <translation>um die ausgewählte SNV</translation>
    </message>
    <message>
        <source>a region</source>
        <translation>eine Region</translation>
    </message>
    <message>
        <source>Bases to both sides</source>
        <translation>Basen zu beiden Seiten</translation>
    </message>
    <message>
        <source> bp</source>
        <translation> bp</translation>
    </message>
    <message>
        <source>Region</source>
        <translation>Region</translation>
    </message>
    <message>
        <source>22:100-140</source>
        <translation>22:100-140</translation>
    </message>
    <message>
        <source>Whose bases</source>
        <translation>Wessen Basen</translation>
    </message>
    <message>
        <source>Logo</source>
        <translation>Logo</translation>
    </message>
    <message>
        <source>logo: raw</source>
        <translation>Logo: roh</translation>
    </message>
    <message>
        <source>logo: centred</source>
        <translation>Logo: zentriert</translation>
    </message>
    <message>
        <source>Raw: each letter as high as what its base does. Centred: less the mean of the four at its place.</source>
        <translation>Roh: jeder Buchstabe so hoch wie das, was seine Base bewirkt. Zentriert: abzüglich des Mittels der vier an ihrem Ort.</translation>
    </message>
    <message>
        <source>Also how far attributions round the SNV reach 5, 10, 20 and 50 % of the largest one within 1,000 bp of the TSS, as the paper&apos;s Table S3: that stretch is saturated, too</source>
        <translation>Auch, wie weit Attributionen um die SNV 5, 10, 20 und 50 % der größten innerhalb von 1,000 bp um den TSS erreichen, wie Tabelle S3 der Veröffentlichung: auch diese Strecke wird gesättigt</translation>
    </message>
    <message>
        <source>Coherence</source>
        <translation>Kohärenz</translation>
    </message>
    <message>
        <source>Saturate %1</source>
        <translation>%1 sättigen</translation>
    </message>
    <message>
        <source>the TSS</source>
        <translation>den TSS</translation>
    </message>
    <message>
        <source>on the reference</source>
        <translation>auf der Referenz</translation>
    </message>
    <message>
        <source>on reference and variant</source>
        <translation>auf Referenz und Variante</translation>
    </message>
    <message>
        <source>computing…</source>
        <translation>wird berechnet…</translation>
    </message>
    <message>
        <source>Choose a stretch of up to %1 bp: what each base does there is predicted.</source>
        <translation>Wählen Sie eine Strecke von bis zu %1 bp: was dort jede Base bewirkt, wird vorhergesagt.</translation>
    </message>
    <message>
        <source> · no coarse answer: </source>
        <translation> · keine Näherung: </translation>
    </message>
</context>
<context>
    <name>diploscope::ui::ScatterPanel</name>
    <message>
        <source>Observed and predicted</source>
        <translation>Beobachtet und vorhergesagt</translation>
    </message>
    <message>
        <source>observed</source>
        <translation>beobachtet</translation>
    </message>
    <message>
        <source>%1: predicted %2</source>
        <translation>%1: vorhergesagt %2</translation>
    </message>
    <message>
        <source>per %1: %2 · %3</source>
        <translation>je %1: %2 · %3</translation>
    </message>
    <message>
        <source>, opposite</source>
        <translation>, entgegengesetzt</translation>
    </message>
    <message>
        <source>reads by copy</source>
        <translation>Reads je Kopie</translation>
    </message>
    <message>
        <source>the copy with %1: %2 · %3</source>
        <translation>die Kopie mit %1: %2 · %3</translation>
    </message>
    <message>
        <source>Nobody has enough reads of this gene by copy.</source>
        <translation>Niemand hat genug Reads dieses Gens je Kopie.</translation>
    </message>
</context>
<context>
    <name>diploscope::ui::ScoreDialog</name>
    <message>
        <source>Score of %1</source>
        <translation>Score von %1</translation>
    </message>
    <message>
        <source>The &amp;model&apos;s own</source>
        <translation>Der des &amp;Modells</translation>
    </message>
    <message>
        <source>&amp;Use this score</source>
        <translation>Diesen Score &amp;verwenden</translation>
    </message>
    <message>
        <source>What is read off the model</source>
        <translation>Was vom Modell abgelesen wird</translation>
    </message>
    <message>
        <source>&amp;Tracks and bins</source>
        <translation>&amp;Spuren und Bins</translation>
    </message>
    <message>
        <source>A fine-tuned &amp;head</source>
        <translation>Ein feinabgestimmter &amp;Kopf</translation>
    </message>
    <message>
        <source>Find a track</source>
        <translation>Spur suchen</translation>
    </message>
    <message>
        <source>Tracks</source>
        <translation>Spuren</translation>
    </message>
    <message>
        <source>targets_human.txt, or one name a line</source>
        <translation>targets_human.txt oder ein Name je Zeile</translation>
    </message>
    <message>
        <source>C&amp;hoose…</source>
        <translation>&amp;Wählen…</translation>
    </message>
    <message>
        <source>Sum</source>
        <translation>Summe</translation>
    </message>
    <message>
        <source>Sum of log(x + 1)</source>
        <translation>Summe von log(x + 1)</translation>
    </message>
    <message>
        <source>log₂ of the sum</source>
        <translation>log₂ der Summe</translation>
    </message>
    <message>
        <source>CSV with the columns tracks, weights</source>
        <translation>CSV mit den Spalten tracks, weights</translation>
    </message>
    <message>
        <source>Ch&amp;oose…</source>
        <translation>Wä&amp;hlen…</translation>
    </message>
    <message>
        <source>T&amp;racks</source>
        <translation>S&amp;puren</translation>
    </message>
    <message>
        <source>Names</source>
        <translation>Namen</translation>
    </message>
    <message>
        <source>Put together by</source>
        <translation>Zusammengefasst durch</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>&amp;Bins</source>
        <translation>&amp;Bins</translation>
    </message>
    <message>
        <source>Fine-tuned head</source>
        <translation>Feinabgestimmter Kopf</translation>
    </message>
    <message>
        <source>Names of the tracks</source>
        <translation>Namen der Spuren</translation>
    </message>
    <message>
        <source>Averaged over</source>
        <translation>Gemittelt über</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source> bp</source>
        <translation> bp</translation>
    </message>
    <message>
        <source>Both &amp;strands</source>
        <translation>&amp;Beide Stränge</translation>
    </message>
    <message>
        <source>S&amp;hifts of the window</source>
        <translation>Versch&amp;iebungen des Fensters</translation>
    </message>
    <message>
        <source>4980, 10-20 or CAGE:brain*</source>
        <translation>4980, 10-20 oder CAGE:brain*</translation>
    </message>
    <message>
        <source>4980 or 10-20</source>
        <translation>4980 oder 10-20</translation>
    </message>
    <message>
        <source>Names of tracks</source>
        <translation>Namen von Spuren</translation>
    </message>
    <message>
        <source>Choose the head&apos;s file.</source>
        <translation>Wählen Sie die Datei des Kopfs.</translation>
    </message>
    <message>
        <source>Fine-tuned head %1, bins %2</source>
        <translation>Feinabgestimmter Kopf %1, Bins %2</translation>
    </message>
    <message>
        <source>The model&apos;s one output, as it is.</source>
        <translation>Die einzige Ausgabe des Modells, wie sie ist.</translation>
    </message>
    <message>
        <source>Every sequence is predicted once.</source>
        <translation>Jede Sequenz wird einmal vorhergesagt.</translation>
    </message>
    <message>
        <source>Every sequence is predicted %1 times: the score is their mean, and their spread is shown.</source>
        <translation>Jede Sequenz wird %1 Mal vorhergesagt: der Score ist das Mittel, und die Streuung wird gezeigt.</translation>
    </message>
</context>
<context>
    <name>diploscope::ui::SelectDialog</name>
    <message>
        <source>Select</source>
        <translation>Auswählen</translation>
    </message>
    <message>
        <source>SNVs by a condition</source>
        <translation>SNVs nach einer Bedingung</translation>
    </message>
    <message>
        <source>People by a condition</source>
        <translation>Personen nach einer Bedingung</translation>
    </message>
    <message>
        <source>SNVs and people by name</source>
        <translation>SNVs und Personen nach Namen</translation>
    </message>
    <message>
        <source>People by genotype at the SNV selected</source>
        <translation>Personen nach Genotyp an der ausgewählten SNV</translation>
    </message>
    <message>
        <source>instead of what is selected</source>
        <translation>anstelle der Auswahl</translation>
    </message>
    <message>
        <source>in addition</source>
        <translation>zusätzlich</translation>
    </message>
    <message>
        <source>take them away</source>
        <translation>aus der Auswahl nehmen</translation>
    </message>
    <message>
        <source>keep only those selected before</source>
        <translation>nur schon ausgewählte behalten</translation>
    </message>
    <message>
        <source>&amp;Select</source>
        <translation>&amp;Auswählen</translation>
    </message>
    <message>
        <source>W&amp;hat</source>
        <translation>&amp;Was</translation>
    </message>
    <message>
        <source>&amp;Which</source>
        <translation>Wel&amp;che</translation>
    </message>
    <message>
        <source>H&amp;ow</source>
        <translation>W&amp;ie</translation>
    </message>
    <message>
        <source>maf &gt; 0.05 and pip &gt; 0.1</source>
        <translation>maf &gt; 0.05 and pip &gt; 0.1</translation>
    </message>
    <message>
        <source>observed &gt; 1 and predicted &lt; 0</source>
        <translation>observed &gt; 1 and predicted &lt; 0</translation>
    </message>
    <message>
        <source>rs4680
22:19930274 C&gt;T
HG00096</source>
        <translation>rs4680
22:19930274 C&gt;T
HG00096</translation>
    </message>
    <message>
        <source>Ids of SNVs, variants and people, one a line or with blanks between</source>
        <translation>Kennungen von SNVs, Varianten und Personen, eine je Zeile oder durch Leerzeichen getrennt</translation>
    </message>
    <message>
        <source>A condition on columns of the gene&apos;s tables, as above the gene list: &lt;b&gt;abs(ism) &amp;gt; 0.1 or driver = 1&lt;/b&gt;, &lt;b&gt;pip missing&lt;/b&gt;</source>
        <translation>Eine Bedingung an Spalten der Tabellen des Gens, wie über der Genliste: &lt;b&gt;abs(ism) &amp;gt; 0.1 or driver = 1&lt;/b&gt;, &lt;b&gt;pip missing&lt;/b&gt;</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>No gene is shown.</source>
        <translation>Kein Gen wird gezeigt.</translation>
    </message>
</context>
<context>
    <name>diploscope::ui::Session</name>
    <message>
        <source>Opening %1</source>
        <translation>%1 wird geöffnet</translation>
    </message>
</context>
<context>
    <name>diploscope::ui::SessionFiles</name>
    <message>
        <source>Sessions (*.diploscope.json)</source>
        <translation>Sitzungen (*.diploscope.json)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Opening %1</source>
        <translation>%1 wird geöffnet</translation>
    </message>
    <message>
        <source>Where is the study?</source>
        <translation>Wo ist die Studie?</translation>
    </message>
    <message>
        <source>%1

Choose the study where it is now: all else is as the session says. Its file stays as it is until you save it.</source>
        <translation>%1

Wählen Sie die Studie, wo sie jetzt ist: alles andere ist, wie die Sitzung sagt. Deren Datei bleibt, wie sie ist, bis Sie sie speichern.</translation>
    </message>
    <message>
        <source>C&amp;hoose the study…</source>
        <translation>Studie &amp;wählen…</translation>
    </message>
    <message>
        <source>The session&apos;s study</source>
        <translation>Die Studie der Sitzung</translation>
    </message>
    <message>
        <source>Studies (*.study.json)</source>
        <translation>Studien (*.study.json)</translation>
    </message>
    <message>
        <source>Open a session</source>
        <translation>Sitzung öffnen</translation>
    </message>
    <message>
        <source>Save the session</source>
        <translation>Sitzung speichern</translation>
    </message>
    <message>
        <source>Saving %1</source>
        <translation>%1 wird gespeichert</translation>
    </message>
    <message>
        <source>The session is saved</source>
        <translation>Die Sitzung ist gespeichert</translation>
    </message>
</context>
<context>
    <name>diploscope::ui::ShortcutsDialog</name>
    <message>
        <source>Shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Tasten</translation>
    </message>
    <message>
        <source>More keys</source>
        <translation>Weitere Tasten</translation>
    </message>
    <message>
        <source>In charts</source>
        <translation>In Diagrammen</translation>
    </message>
    <message>
        <source>Zoom</source>
        <translation>Zoomen</translation>
    </message>
    <message>
        <source>wheel, + and −</source>
        <translation>Mausrad, + und −</translation>
    </message>
    <message>
        <source>Move</source>
        <translation>Verschieben</translation>
    </message>
    <message>
        <source>drag, Shift and arrows</source>
        <translation>ziehen, Umschalt+Pfeile</translation>
    </message>
    <message>
        <source>Zoom to a rectangle</source>
        <translation>Auf ein Rechteck zoomen</translation>
    </message>
    <message>
        <source>Shift and drag</source>
        <translation>Umschalt und ziehen</translation>
    </message>
    <message>
        <source>Show everything again</source>
        <translation>Wieder alles zeigen</translation>
    </message>
    <message>
        <source>double click, 0</source>
        <translation>Doppelklick, 0</translation>
    </message>
    <message>
        <source>To the next person or SNV</source>
        <translation>Nächste Person oder SNV</translation>
    </message>
    <message>
        <source>arrows</source>
        <translation>Pfeile</translation>
    </message>
    <message>
        <source>To rows, pairs, features</source>
        <translation>Zu Zeilen, Paaren</translation>
    </message>
    <message>
        <source>Down, PageDown</source>
        <translation>Ab, Bild ab</translation>
    </message>
    <message>
        <source>Select it</source>
        <translation>Auswählen</translation>
    </message>
    <message>
        <source>click, Enter</source>
        <translation>Klick, Eingabe</translation>
    </message>
    <message>
        <source>Select it too, or no more</source>
        <translation>Dazu oder abwählen</translation>
    </message>
    <message>
        <source>the same with Ctrl</source>
        <translation>dasselbe mit Strg</translation>
    </message>
    <message>
        <source>Read a value</source>
        <translation>Wert ablesen</translation>
    </message>
    <message>
        <source>point at it</source>
        <translation>darauf zeigen</translation>
    </message>
    <message>
        <source>Save, copy, carry off</source>
        <translation>Speichern, kopieren</translation>
    </message>
    <message>
        <source>right click, Alt-drag</source>
        <translation>Rechtsklick, Alt-Ziehen</translation>
    </message>
    <message>
        <source>With a rectangle or a lasso</source>
        <translation>Mit Rechteck oder Lasso</translation>
    </message>
    <message>
        <source>Select what is inside</source>
        <translation>Inhalt auswählen</translation>
    </message>
    <message>
        <source>drag</source>
        <translation>ziehen</translation>
    </message>
    <message>
        <source>Select more</source>
        <translation>Mehr auswählen</translation>
    </message>
    <message>
        <source>Take away</source>
        <translation>Wegnehmen</translation>
    </message>
    <message>
        <source>Ctrl and drag</source>
        <translation>Strg und ziehen</translation>
    </message>
    <message>
        <source>Keep what is in both</source>
        <translation>Schnittmenge behalten</translation>
    </message>
    <message>
        <source>Ctrl, Shift and drag</source>
        <translation>Strg+Umschalt, ziehen</translation>
    </message>
    <message>
        <source>Space and drag</source>
        <translation>Leertaste und ziehen</translation>
    </message>
    <message>
        <source>In lists</source>
        <translation>In Listen</translation>
    </message>
    <message>
        <source>Sort</source>
        <translation>Sortieren</translation>
    </message>
    <message>
        <source>click a heading, menu key</source>
        <translation>Überschrift, Menütaste</translation>
    </message>
    <message>
        <source>Genes in a range</source>
        <translation>Genbereich</translation>
    </message>
    <message>
        <source>Genes round a place</source>
        <translation>Gene um einen Ort</translation>
    </message>
    <message>
        <source>Stop the job selected</source>
        <translation>Aufgabe anhalten</translation>
    </message>
</context>
<context>
    <name>diploscope::ui::SnvInspector</name>
    <message>
        <source>SNV</source>
        <translation>SNV</translation>
    </message>
    <message>
        <source>Means by genotype</source>
        <translation>Mittel nach Genotyp</translation>
    </message>
    <message>
        <source>%1 and %2</source>
        <translation>%1 und %2</translation>
    </message>
    <message>
        <source>Columns: %1. Rows: %2.</source>
        <translation>Spalten: %1. Zeilen: %2.</translation>
    </message>
    <message>
        <source>Click an SNV in a chart, or a row of the drivers.</source>
        <translation>Klicken Sie eine SNV in einem Diagramm an oder eine Zeile der Treiber.</translation>
    </message>
</context>
<context>
    <name>diploscope::ui::StatusLine</name>
    <message>
        <source>Stop this job</source>
        <translation>Diese Aufgabe anhalten</translation>
    </message>
    <message>
        <source>Stop this job; what is finished stays</source>
        <translation>Diese Aufgabe anhalten; was fertig ist, bleibt</translation>
    </message>
    <message>
        <source>  (+%1)</source>
        <translation>  (+%1)</translation>
    </message>
    <message>
        <source>Click to show all jobs (Ctrl+J)</source>
        <translation>Klicken, um alle Aufgaben zu zeigen (Strg+J)</translation>
    </message>
    <message>
        <source>⚠ slow matrix library</source>
        <translation>⚠ langsame Matrixbibliothek</translation>
    </message>
    <message>
        <source>cache %1 % hits</source>
        <translation>Cache %1 % Treffer</translation>
    </message>
    <message>
        <source>%1 from the cache, %2 computed, since the study was opened</source>
        <translation>%1 aus dem Cache, %2 berechnet, seit die Studie geöffnet wurde</translation>
    </message>
</context>
<context>
    <name>diploscope::ui::StudyAssistant</name>
    <message>
        <source>log2(x + 1)</source>
        <translation>log2(x + 1)</translation>
    </message>
    <message>
        <source>Rank-normalised</source>
        <translation>Rangnormalisiert</translation>
    </message>
    <message>
        <source>As it is</source>
        <translation>Wie sie ist</translation>
    </message>
    <message>
        <source>Describe a study</source>
        <translation>Studie beschreiben</translation>
    </message>
    <message>
        <source>&amp;Save study…</source>
        <translation>Studie &amp;speichern…</translation>
    </message>
    <message>
        <source>Drop files or a folder anywhere here: each is recognised by its content and takes its place. Nothing is copied or changed.</source>
        <translation>Ziehen Sie Dateien oder einen Ordner irgendwo hierher: jede wird am Inhalt erkannt und nimmt ihren Platz ein. Nichts wird kopiert oder geändert.</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>Dateien</translation>
    </message>
    <message>
        <source>&amp;Add files…</source>
        <translation>Dateien &amp;hinzufügen…</translation>
    </message>
    <message>
        <source>Add &amp;folder…</source>
        <translation>&amp;Ordner hinzufügen…</translation>
    </message>
    <message>
        <source>Study</source>
        <translation>Studie</translation>
    </message>
    <message>
        <source>such as GRCh38</source>
        <translation>etwa GRCh38</translation>
    </message>
    <message>
        <source>SNVs</source>
        <translation>SNVs</translation>
    </message>
    <message>
        <source>SNVs and indels</source>
        <translation>SNVs und Indels</translation>
    </message>
    <message>
        <source>Refuse</source>
        <translation>Ablehnen</translation>
    </message>
    <message>
        <source>Take alleles in the order listed</source>
        <translation>Allele in der aufgeführten Reihenfolge</translation>
    </message>
    <message>
        <source>Alternate allele</source>
        <translation>Alternatives Allel</translation>
    </message>
    <message>
        <source>Minor allele</source>
        <translation>Selteneres Allel</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>&amp;Name</translation>
    </message>
    <message>
        <source>Genome &amp;build</source>
        <translation>&amp;Genom-Version</translation>
    </message>
    <message>
        <source>&amp;Expression is taken</source>
        <translation>&amp;Expression wird genommen</translation>
    </message>
    <message>
        <source>&amp;Variants</source>
        <translation>&amp;Varianten</translation>
    </message>
    <message>
        <source>Genotypes without &amp;phase</source>
        <translation>Genotypen ohne &amp;Phase</translation>
    </message>
    <message>
        <source>Effects are &amp;of the</source>
        <translation>E&amp;ffekte gelten für</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>Prüfung</translation>
    </message>
    <message>
        <source>What the check found</source>
        <translation>Was die Prüfung fand</translation>
    </message>
    <message>
        <source>Recognising files</source>
        <translation>Dateien werden erkannt</translation>
    </message>
    <message>
        <source>Choose: %1</source>
        <translation>Wählen: %1</translation>
    </message>
    <message>
        <source>Add to the study</source>
        <translation>Zur Studie hinzufügen</translation>
    </message>
    <message>
        <source>%1, as the files tell</source>
        <translation>%1, wie die Dateien sagen</translation>
    </message>
    <message>
        <source>%1 (suggested)</source>
        <translation>%1 (Vorschlag)</translation>
    </message>
    <message>
        <source>The files are of different builds: %1</source>
        <translation>Die Dateien sind von verschiedenen Genom-Versionen: %1</translation>
    </message>
    <message>
        <source>Looking at the files…</source>
        <translation>Dateien werden angesehen…</translation>
    </message>
    <message>
        <source>Still needed: %1</source>
        <translation>Noch nötig: %1</translation>
    </message>
    <message>
        <source>Checking…</source>
        <translation>Wird geprüft…</translation>
    </message>
    <message>
        <source>and %1 more without a place</source>
        <translation>und %1 weitere ohne Platz</translation>
    </message>
    <message>
        <source>Checking the study</source>
        <translation>Studie wird geprüft</translation>
    </message>
    <message>
        <source>The check was stopped</source>
        <translation>Die Prüfung wurde angehalten</translation>
    </message>
    <message>
        <source>The check did not come to its end</source>
        <translation>Die Prüfung kam nicht zum Ende</translation>
    </message>
    <message>
        <source>&amp;Save anyway…</source>
        <translation>Trotzdem &amp;speichern…</translation>
    </message>
    <message>
        <source>Save study</source>
        <translation>Studie speichern</translation>
    </message>
    <message>
        <source>Studies (*.study.json)</source>
        <translation>Studien (*.study.json)</translation>
    </message>
    <message>
        <source>Saving the study</source>
        <translation>Studie wird gespeichert</translation>
    </message>
    <message>
        <source>The study could not be saved</source>
        <translation>Die Studie konnte nicht gespeichert werden</translation>
    </message>
    <message>
        <source>Models and further files</source>
        <translation>Modelle und weitere Dateien</translation>
    </message>
    <message>
        <source>Checking %1…</source>
        <translation>%1 wird geprüft…</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>Angehalten</translation>
    </message>
    <message>
        <source>Listing models</source>
        <translation>Modelle werden aufgelistet</translation>
    </message>
    <message>
        <source>Two (0/2)</source>
        <translation>zwei (0/2)</translation>
    </message>
    <message>
        <source>One (0/1)</source>
        <translation>eine (0/1)</translation>
    </message>
    <message>
        <source>In eQTL, LD and fine mapping. Predictions are of the copies that people have.</source>
        <translation>In eQTL, LD und Feinkartierung. Vorhersagen sind von den Kopien, die Personen haben.</translation>
    </message>
    <message>
        <source>A man&apos;s &amp;X counts as</source>
        <translation>&amp;X eines Mannes zählt als</translation>
    </message>
    <message>
        <source>Genes of the annotation</source>
        <translation>Gene der Annotation</translation>
    </message>
    <message>
        <source>ATAC peaks</source>
        <translation>ATAC-Peaks</translation>
    </message>
    <message>
        <source>Methylation sites</source>
        <translation>Methylierungsstellen</translation>
    </message>
    <message>
        <source>3′ ends of transcripts</source>
        <translation>3′-Enden von Transkripten</translation>
    </message>
    <message>
        <source>Others, with coordinates</source>
        <translation>Andere, mit Koordinaten</translation>
    </message>
    <message>
        <source>&amp;Rows are</source>
        <translation>&amp;Zeilen sind</translation>
    </message>
    <message>
        <source>Genes stand where the annotation has them. Rows of any other kind stand where the table itself says (BED): the centre of the row is in the TSS&apos;s place. A model may name an output for each kind.</source>
        <translation>Gene stehen, wo die Annotation sie hat. Zeilen jeder anderen Art stehen, wo die Tabelle selbst es sagt (BED): die Mitte der Zeile steht für den TSS. Ein Modell kann für jede Art eine Ausgabe nennen.</translation>
    </message>
</context>
<context>
    <name>diploscope::ui::StudyPage</name>
    <message>
        <source>How its parts fit together</source>
        <translation>Wie ihre Teile zusammenpassen</translation>
    </message>
    <message>
        <source>Everything matched as it is.</source>
        <translation>Alles passte, wie es ist.</translation>
    </message>
    <message>
        <source>Choose a gene on the left, or analyse all genes to see where the model is right.</source>
        <translation>Wählen Sie links ein Gen, oder analysieren Sie alle Gene, um zu sehen, wo das Modell recht hat.</translation>
    </message>
    <message>
        <source>The study names no model: choose one above, then a gene on the left.</source>
        <translation>Die Studie nennt kein Modell: wählen Sie oben eines, dann links ein Gen.</translation>
    </message>
</context>
<context>
    <name>diploscope::ui::StudySlotRow</name>
    <message>
        <source>Choose…</source>
        <translation>Wählen…</translation>
    </message>
    <message>
        <source>Choose a file: %1</source>
        <translation>Datei wählen: %1</translation>
    </message>
    <message>
        <source>Not there yet</source>
        <translation>Noch nicht da</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Keine</translation>
    </message>
    <message>
        <source>needed</source>
        <translation>nötig</translation>
    </message>
    <message>
        <source>optional</source>
        <translation>freiwillig</translation>
    </message>
    <message>
        <source>looks like %1</source>
        <translation>sieht aus wie %1</translation>
    </message>
</context>
<context>
    <name>diploscope::ui::StudyTools</name>
    <message>
        <source>Where to write the PrediXcan database</source>
        <translation>Wohin die PrediXcan-Datenbank geschrieben wird</translation>
    </message>
    <message>
        <source>Training PrediXcan</source>
        <translation>PrediXcan wird trainiert</translation>
    </message>
    <message>
        <source>PrediXcan: a model for %1 of %2, and the study names it now</source>
        <translation>PrediXcan: ein Modell für %1 von %2, und die Studie nennt es jetzt</translation>
    </message>
    <message>
        <source>Where to write the head&apos;s weights</source>
        <translation>Wohin die Gewichte des Kopfs geschrieben werden</translation>
    </message>
    <message>
        <source>Fitting a head</source>
        <translation>Kopf wird angepasst</translation>
    </message>
    <message>
        <source>Head: %1 used, cross-validated r = %2 over %3</source>
        <translation>Kopf: %1 verwendet, kreuzvalidiertes r = %2 über %3</translation>
    </message>
    <message>
        <source>SupplementaryTable1, and where you have them SupplementaryTable2, MeanGeXPred…, driver_saturation… and tss_attribution_stats</source>
        <translation>SupplementaryTable1 und, wo vorhanden, SupplementaryTable2, MeanGeXPred…, driver_saturation… und tss_attribution_stats</translation>
    </message>
    <message>
        <source>Importing published tables</source>
        <translation>Veröffentlichte Tabellen werden importiert</translation>
    </message>
    <message>
        <source>How large is an effect?</source>
        <translation>Wie groß ist ein Effekt?</translation>
    </message>
    <message>
        <source>Common SNVs to score, near random genes. A gene&apos;s variants are then told how many
of these have a smaller effect at the same distance from the TSS.</source>
        <translation>Häufige SNVs bei zufälligen Genen, die einen Score bekommen. Varianten eines Gens sagen dann, wie viele
von diesen im selben Abstand vom TSS einen kleineren Effekt haben.</translation>
    </message>
    <message>
        <source>&amp;Score them</source>
        <translation>&amp;Scores berechnen</translation>
    </message>
    <message>
        <source>Effects of common SNVs</source>
        <translation>Effekte häufiger SNVs</translation>
    </message>
    <message>
        <source>Effects of %1 are what others are held against now</source>
        <translation>Effekte werden jetzt verglichen mit: %1</translation>
    </message>
    <message>
        <source>Chain files, PrediXcan databases, eQTL and fine-mapping tables, tracks, motifs</source>
        <translation>Chain-Dateien, PrediXcan-Datenbanken, Tabellen von eQTL und Fine-Mapping, Spuren, Motive</translation>
    </message>
    <message>
        <source>Adding files to the study</source>
        <translation>Dateien kommen zur Studie</translation>
    </message>
    <message>
        <source>The study names these files already</source>
        <translation>Die Studie nennt diese Dateien schon</translation>
    </message>
    <message>
        <source>Added to the study: %1</source>
        <translation>Zur Studie hinzugefügt: %1</translation>
    </message>
</context>
<context>
    <name>diploscope::ui::TopBar</name>
    <message>
        <source>Gene, SNV or place</source>
        <translation>Gen, SNV, Ort</translation>
    </message>
    <message>
        <source>Go to a gene (symbol, Ensembl id), an SNV (rs4680, 22:19930274:C:T) or a place (22:19930274, 22:19.92M-19.94M) (Ctrl+L)</source>
        <translation>Zu einem Gen (Symbol, Ensembl-Kennung), einer SNV (rs4680, 22:19930274:C:T) oder einem Ort (22:19930274, 22:19.92M-19.94M) gehen (Strg+L)</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>The model whose predictions are compared with observed expression</source>
        <translation>Das Modell, dessen Vorhersagen mit der beobachteten Expression verglichen werden</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Export</translation>
    </message>
    <message>
        <source>All shortcuts (?)</source>
        <translation>Alle Tastenkürzel (?)</translation>
    </message>
    <message>
        <source>Shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Suche</translation>
    </message>
    <message>
        <source>Score</source>
        <translation>Score</translation>
    </message>
    <message>
        <source>Choose a model</source>
        <translation>Modell wählen</translation>
    </message>
    <message>
        <source>%1 · weights missing</source>
        <translation>%1 · Gewichte fehlen</translation>
    </message>
    <message>
        <source>Models…</source>
        <translation>Modelle…</translation>
    </message>
    <message>
        <source>The score is the model&apos;s output; change how it is made</source>
        <translation>Der Score ist die Ausgabe des Modells; ändern, wie er entsteht</translation>
    </message>
    <message>
        <source>The score: %1. Click to change it.</source>
        <translation>Der Score: %1. Klicken, um ihn zu ändern.</translation>
    </message>
    <message>
        <source>Score: %1</source>
        <translation>Score: %1</translation>
    </message>
    <message>
        <source>Device: %1</source>
        <translation>Gerät: %1</translation>
    </message>
    <message>
        <source>The model computes on %1</source>
        <translation>Das Modell rechnet auf %1</translation>
    </message>
    <message>
        <source>No model is open; models compute on %1</source>
        <translation>Kein Modell geöffnet; Modelle rechnen auf %1</translation>
    </message>
</context>
<context>
    <name>diploscope::ui::TrackGrips</name>
    <message>
        <source>Tracks</source>
        <translation>Spuren</translation>
    </message>
</context>
<context>
    <name>diploscope::ui::TracksButton</name>
    <message>
        <source>Tracks</source>
        <translation>Spuren</translation>
    </message>
    <message>
        <source>Which tracks are shown, and how</source>
        <translation>Welche Spuren gezeigt werden, und wie</translation>
    </message>
    <message>
        <source>Show the track %1</source>
        <translation>Spur %1 zeigen</translation>
    </message>
    <message>
        <source>Hide the track %1</source>
        <translation>Spur %1 ausblenden</translation>
    </message>
    <message>
        <source>Sort haplotypes by</source>
        <translation>Haplotypen sortieren nach</translation>
    </message>
    <message>
        <source>Sort haplotypes by %1</source>
        <translation>Haplotypen nach %1 sortieren</translation>
    </message>
    <message>
        <source>One scale for all signals</source>
        <translation>Eine Skala für alle Signale</translation>
    </message>
    <message>
        <source>A scale for each signal</source>
        <translation>Eine Skala je Signal</translation>
    </message>
    <message>
        <source>Add files…</source>
        <translation>Dateien hinzufügen…</translation>
    </message>
    <message>
        <source>Regions of interest…</source>
        <translation>Interessante Regionen…</translation>
    </message>
    <message>
        <source>As at first</source>
        <translation>Wie zu Anfang</translation>
    </message>
    <message>
        <source>Arrange the tracks as at first</source>
        <translation>Spuren wie zu Anfang anordnen</translation>
    </message>
    <message>
        <source>Move the track %1</source>
        <translation>Spur %1 verschieben</translation>
    </message>
    <message>
        <source>Resize the track %1</source>
        <translation>Höhe der Spur %1 ändern</translation>
    </message>
    <message>
        <source>Move up</source>
        <translation>Nach oben</translation>
    </message>
    <message>
        <source>Move down</source>
        <translation>Nach unten</translation>
    </message>
    <message>
        <source>Higher</source>
        <translation>Höher</translation>
    </message>
    <message>
        <source>Lower</source>
        <translation>Niedriger</translation>
    </message>
    <message>
        <source>Hide</source>
        <translation>Ausblenden</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
</context>
<context>
    <name>diploscope::ui::WeightsButton</name>
    <message>
        <source>Choose &amp;weights</source>
        <translation>&amp;Gewichte wählen</translation>
    </message>
    <message>
        <source>Weights that you have as a file: they are checked against model.json before they are taken</source>
        <translation>Gewichte, die Sie als Datei haben: sie werden mit model.json verglichen, bevor sie übernommen werden</translation>
    </message>
    <message>
        <source>&amp;Copy a weights file…</source>
        <translation>Gewichtsdatei &amp;kopieren…</translation>
    </message>
    <message>
        <source>&amp;Link to a weights file…</source>
        <translation>Gewichtsdatei &amp;verknüpfen…</translation>
    </message>
    <message>
        <source>Weights of %1</source>
        <translation>Gewichte von %1</translation>
    </message>
    <message>
        <source>Weights (*.safetensors *.pt *.pth *.bin *.ckpt *.json)</source>
        <translation>Gewichte (*.safetensors *.pt *.pth *.bin *.ckpt *.json)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Alle Dateien (*)</translation>
    </message>
    <message>
        <source>The weights belong to the model; linked as %1</source>
        <translation>Die Gewichte gehören zum Modell; verknüpft als %1</translation>
    </message>
    <message>
        <source>The weights belong to the model; copied to %1</source>
        <translation>Die Gewichte gehören zum Modell; kopiert nach %1</translation>
    </message>
</context>
<context>
    <name>diploscope::ui::WelcomePage</name>
    <message>
        <source>Which model gets your cohort right, and why?</source>
        <translation>Welches Modell trifft Ihre Kohorte, und warum?</translation>
    </message>
    <message>
        <source>Diploscope puts each person&apos;s two haplotypes through a sequence-to-expression model, compares the predictions with observed expression, gene by gene, and shows which variants make the model right or wrong.</source>
        <translation>Diploscope gibt die beiden Haplotypen jeder Person in ein Sequenz-zu-Expression-Modell, vergleicht die Vorhersagen Gen für Gen mit der beobachteten Expression und zeigt, welche Varianten das Modell richtig oder falsch machen.</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Beginnen</translation>
    </message>
    <message>
        <source>Open the demo study</source>
        <translation>Demo-Studie öffnen</translation>
    </message>
    <message>
        <source>Open a study…</source>
        <translation>Studie öffnen…</translation>
    </message>
    <message>
        <source>Describe your own files…</source>
        <translation>Eigene Dateien beschreiben…</translation>
    </message>
    <message>
        <source>Or drop files anywhere in this window.</source>
        <translation>Oder ziehen Sie Dateien irgendwo in dieses Fenster.</translation>
    </message>
    <message>
        <source>Recent studies</source>
        <translation>Zuletzt geöffnete Studien</translation>
    </message>
    <message>
        <source>What a study needs</source>
        <translation>Was eine Studie braucht</translation>
    </message>
    <message>
        <source>Reference</source>
        <translation>Referenz</translation>
    </message>
    <message>
        <source>FASTA, plain or bgzipped; a missing index is built.</source>
        <translation>FASTA, einfach oder mit bgzip; ein fehlender Index wird angelegt.</translation>
    </message>
    <message>
        <source>Genotypes</source>
        <translation>Genotypen</translation>
    </message>
    <message>
        <source>Phased VCF.gz or BCF, one file or one for each chromosome.</source>
        <translation>Gephastes VCF.gz oder BCF, eine Datei oder eine je Chromosom.</translation>
    </message>
    <message>
        <source>Expression</source>
        <translation>Expression</translation>
    </message>
    <message>
        <source>A table of genes and people: tensorQTL BED, GCT, TSV or CSV.</source>
        <translation>Eine Tabelle von Genen und Personen: tensorQTL-BED, GCT, TSV oder CSV.</translation>
    </message>
    <message>
        <source>Annotation</source>
        <translation>Annotation</translation>
    </message>
    <message>
        <source>GENCODE or Ensembl GTF or GFF3, for genes and their starts.</source>
        <translation>GTF oder GFF3 von GENCODE oder Ensembl, für Gene und ihre Starts.</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>A folder with a model.json and weights; a small one for the demo is included.</source>
        <translation>Ein Ordner mit model.json und Gewichten; ein kleines für die Demo liegt bei.</translation>
    </message>
    <message>
        <source>The assistant recognises files by what is in them and shows which people, genes and contigs match before anything is saved.</source>
        <translation>Der Assistent erkennt Dateien an ihrem Inhalt und zeigt, welche Personen, Gene und Contigs zusammenpassen, bevor etwas gespeichert wird.</translation>
    </message>
    <message>
        <source>Studies that you open are listed here.</source>
        <translation>Studien, die Sie öffnen, stehen hier.</translation>
    </message>
    <message>
        <source>400 simulated people, 60 genes, and the truth about every variant: made on this machine the first time, in a few seconds.</source>
        <translation>400 simulierte Personen, 60 Gene und die Wahrheit über jede Variante: beim ersten Mal auf diesem Rechner erzeugt, in wenigen Sekunden.</translation>
    </message>
</context>
<context>
    <name>diploscope::ui::WhatIfPanel</name>
    <message>
        <source>What if these bases were others?</source>
        <translation>Was wäre, wenn diese Basen andere wären?</translation>
    </message>
    <message>
        <source>Put in</source>
        <translation>Einsetzen</translation>
    </message>
    <message>
        <source>Take back</source>
        <translation>Zurücknehmen</translation>
    </message>
    <message>
        <source>Take the chosen changes back (Delete)</source>
        <translation>Gewählte Änderungen zurücknehmen (Entf)</translation>
    </message>
    <message>
        <source>All back</source>
        <translation>Alle zurück</translation>
    </message>
    <message>
        <source>Take all changes back</source>
        <translation>Alle Änderungen zurücknehmen</translation>
    </message>
    <message>
        <source>Selected SNVs</source>
        <translation>Ausgewählte SNVs</translation>
    </message>
    <message>
        <source>Put in the SNVs that are selected in any chart</source>
        <translation>Die SNVs einsetzen, die in einem Diagramm ausgewählt sind</translation>
    </message>
    <message>
        <source>Import VCF…</source>
        <translation>VCF importieren…</translation>
    </message>
    <message>
        <source>Put in the changes that a VCF&apos;s records are</source>
        <translation>Die Änderungen einsetzen, die in einem VCF stehen</translation>
    </message>
    <message>
        <source>Export VCF…</source>
        <translation>VCF exportieren…</translation>
    </message>
    <message>
        <source>Write the changes as a VCF</source>
        <translation>Die Änderungen als VCF schreiben</translation>
    </message>
    <message>
        <source>Try on %1</source>
        <translation>Versuch: %1</translation>
    </message>
    <message>
        <source>A change</source>
        <translation>Eine Änderung</translation>
    </message>
    <message>
        <source>22:120:A:G, an rs id, ACGT to paste, +ACG, -3</source>
        <translation>22:120:A:G, eine rs-Kennung, ACGT, +ACG, -3</translation>
    </message>
    <message>
        <source>A variant (22:120:A:G, 120A&amp;gt;G) or an id; from the place pointed at on: bases that take the place of those there, +ACG to put in behind it, -3 to take out</source>
        <translation>Eine Variante (22:120:A:G, 120A&amp;gt;G) oder eine Kennung; vom gezeigten Ort an: Basen, die an die Stelle der dortigen treten, +ACG zum Einsetzen dahinter, -3 zum Entfernen</translation>
    </message>
    <message>
        <source>Whose sequence</source>
        <translation>Wessen Sequenz</translation>
    </message>
    <message>
        <source>Whose sequence is changed: the reference, everybody&apos;s two haplotypes, or one of a person&apos;s, who is selected in the scatter</source>
        <translation>Wessen Sequenz geändert wird: die Referenz, die beiden Haplotypen aller oder einer der Person, die im Streudiagramm ausgewählt ist</translation>
    </message>
    <message>
        <source>Changes</source>
        <translation>Änderungen</translation>
    </message>
    <message>
        <source>the reference</source>
        <translation>die Referenz</translation>
    </message>
    <message>
        <source>everybody</source>
        <translation>alle</translation>
    </message>
    <message>
        <source>computing…</source>
        <translation>wird berechnet…</translation>
    </message>
    <message>
        <source>no change yet</source>
        <translation>noch keine Änderung</translation>
    </message>
    <message>
        <source>%1 → %2, difference %3</source>
        <translation>%1 → %2, Differenz %3</translation>
    </message>
    <message>
        <source>Put in %1</source>
        <translation>%1 einsetzen</translation>
    </message>
    <message>
        <source>Take a change back</source>
        <translation>Änderung zurücknehmen</translation>
    </message>
    <message>
        <source>Put in the selected SNVs</source>
        <translation>Ausgewählte SNVs einsetzen</translation>
    </message>
    <message>
        <source>Changes to put in</source>
        <translation>Einzusetzende Änderungen</translation>
    </message>
    <message>
        <source>VCF (*.vcf *.vcf.gz)</source>
        <translation>VCF (*.vcf *.vcf.gz)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Import changes</source>
        <translation>Änderungen importieren</translation>
    </message>
    <message>
        <source>VCF (*.vcf)</source>
        <translation>VCF (*.vcf)</translation>
    </message>
</context>
<context>
    <name>diploscope::ui::WindowActions</name>
    <message>
        <source>&amp;Open a study…</source>
        <translation>Studie ö&amp;ffnen…</translation>
    </message>
    <message>
        <source>&amp;New study from files…</source>
        <translation>&amp;Neue Studie aus Dateien…</translation>
    </message>
    <message>
        <source>Open the &amp;demo study</source>
        <translation>D&amp;emo-Studie öffnen</translation>
    </message>
    <message>
        <source>&amp;Close the study</source>
        <translation>Studie &amp;schließen</translation>
    </message>
    <message>
        <source>Open a &amp;session…</source>
        <translation>S&amp;itzung öffnen…</translation>
    </message>
    <message>
        <source>Save the s&amp;ession…</source>
        <translation>Sitzung s&amp;peichern…</translation>
    </message>
    <message>
        <source>&amp;Preferences…</source>
        <translation>Einste&amp;llungen…</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Beenden</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Rückgängig</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>&amp;Wiederherstellen</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Wiederherstellen</translation>
    </message>
    <message>
        <source>One &amp;gene</source>
        <translation>Ein &amp;Gen</translation>
    </message>
    <message>
        <source>All g&amp;enes</source>
        <translation>Alle Ge&amp;ne</translation>
    </message>
    <message>
        <source>&amp;What if</source>
        <translation>&amp;Was wäre, wenn</translation>
    </message>
    <message>
        <source>Fig&amp;ures</source>
        <translation>Fig&amp;uren</translation>
    </message>
    <message>
        <source>Stored &amp;runs…</source>
        <translation>Gespeicherte &amp;Läufe…</translation>
    </message>
    <message>
        <source>Back to the &amp;current results</source>
        <translation>Zurück zu den a&amp;ktuellen Ergebnissen</translation>
    </message>
    <message>
        <source>Fin&amp;d a gene, an SNV or a place</source>
        <translation>Gen, SNV, Ort &amp;suchen</translation>
    </message>
    <message>
        <source>&amp;Type the region seen</source>
        <translation>Gezeigte &amp;Region eintippen</translation>
    </message>
    <message>
        <source>&amp;Select by condition or list…</source>
        <translation>Nach &amp;Bedingung auswählen…</translation>
    </message>
    <message>
        <source>Drag to &amp;move</source>
        <translation>Ziehen: &amp;verschieben</translation>
    </message>
    <message>
        <source>Drag a r&amp;ectangle to select</source>
        <translation>Ziehen: mit Recht&amp;eck auswählen</translation>
    </message>
    <message>
        <source>Drag a &amp;lasso to select</source>
        <translation>Ziehen: mit &amp;Lasso auswählen</translation>
    </message>
    <message>
        <source>F&amp;ilter the gene list</source>
        <translation>Genl&amp;iste filtern</translation>
    </message>
    <message>
        <source>&amp;Back to the place before</source>
        <translation>&amp;Zurück zum Ort davor</translation>
    </message>
    <message>
        <source>&amp;Forward again</source>
        <translation>Wieder &amp;vor</translation>
    </message>
    <message>
        <source>&amp;Jobs</source>
        <translation>&amp;Aufgaben</translation>
    </message>
    <message>
        <source>&amp;Previous in the list</source>
        <translation>&amp;Voriges in der Liste</translation>
    </message>
    <message>
        <source>&amp;Next in the list</source>
        <translation>&amp;Nächstes in der Liste</translation>
    </message>
    <message>
        <source>&amp;Analyse all genes</source>
        <translation>&amp;Alle Gene analysieren</translation>
    </message>
    <message>
        <source>&amp;Stop analysing this gene</source>
        <translation>Analyse an&amp;halten</translation>
    </message>
    <message>
        <source>&amp;Clear the selection</source>
        <translation>&amp;Auswahl aufheben</translation>
    </message>
    <message>
        <source>&amp;Models…</source>
        <translation>&amp;Modelle…</translation>
    </message>
    <message>
        <source>S&amp;core of the model…</source>
        <translation>&amp;Score des Modells…</translation>
    </message>
    <message>
        <source>&amp;Import the paper&apos;s tables…</source>
        <translation>&amp;Tabellen der Veröffentlichung importieren…</translation>
    </message>
    <message>
        <source>&amp;Train PrediXcan on this study…</source>
        <translation>&amp;PrediXcan an dieser Studie trainieren…</translation>
    </message>
    <message>
        <source>&amp;Fit the model&apos;s head to this study…</source>
        <translation>&amp;Kopf des Modells an diese Studie anpassen…</translation>
    </message>
    <message>
        <source>Figure: &amp;observed and predicted…</source>
        <translation>Abbildung: &amp;beobachtet und vorhergesagt…</translation>
    </message>
    <message>
        <source>Figure: &amp;model and eQTL effect…</source>
        <translation>Abbildung: &amp;Modell- und eQTL-Effekt…</translation>
    </message>
    <message>
        <source>Figure: &amp;locus…</source>
        <translation>Abbildung: &amp;Lokus…</translation>
    </message>
    <message>
        <source>&amp;All figures of this gene…</source>
        <translation>&amp;Alle Abbildungen dieses Gens…</translation>
    </message>
    <message>
        <source>Figures of all &amp;genes…</source>
        <translation>Abbildungen aller &amp;Gene…</translation>
    </message>
    <message>
        <source>&amp;Report of this gene (PDF)…</source>
        <translation>Be&amp;richt über dieses Gen (PDF)…</translation>
    </message>
    <message>
        <source>Report of the st&amp;udy (PDF)…</source>
        <translation>Bericht über die St&amp;udie (PDF)…</translation>
    </message>
    <message>
        <source>&amp;Tables of this gene…</source>
        <translation>&amp;Tabellen dieses Gens…</translation>
    </message>
    <message>
        <source>Tables of all genes in &amp;focus…</source>
        <translation>Tabellen der Gene im &amp;Fokus…</translation>
    </message>
    <message>
        <source>&amp;Picture of this page…</source>
        <translation>Seite als B&amp;ild…</translation>
    </message>
    <message>
        <source>&amp;Copy a picture of this page</source>
        <translation>Seite als Bild &amp;kopieren</translation>
    </message>
    <message>
        <source>&amp;Guide</source>
        <translation>&amp;Handbuch</translation>
    </message>
    <message>
        <source>&amp;Shortcuts</source>
        <translation>&amp;Tastenkürzel</translation>
    </message>
    <message>
        <source>About this &amp;machine</source>
        <translation>Über diesen &amp;Rechner</translation>
    </message>
    <message>
        <source>Show the &amp;log</source>
        <translation>&amp;Protokoll zeigen</translation>
    </message>
    <message>
        <source>Show &amp;crash notes</source>
        <translation>&amp;Absturznotizen zeigen</translation>
    </message>
    <message>
        <source>&amp;About Diploscope</source>
        <translation>&amp;Über Diploscope</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Datei</translation>
    </message>
    <message>
        <source>&amp;Recent studies</source>
        <translation>&amp;Zuletzt geöffnete Studien</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>&amp;Bearbeiten</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Ansicht</translation>
    </message>
    <message>
        <source>As the &amp;system</source>
        <translation>Wie das &amp;System</translation>
    </message>
    <message>
        <source>&amp;Light</source>
        <translation>&amp;Hell</translation>
    </message>
    <message>
        <source>&amp;Dark</source>
        <translation>&amp;Dunkel</translation>
    </message>
    <message>
        <source>T&amp;heme</source>
        <translation>&amp;Farben</translation>
    </message>
    <message>
        <source>&amp;Gene</source>
        <translation>&amp;Gen</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Hilfe</translation>
    </message>
    <message>
        <source>&amp;Run all genes on a cluster…</source>
        <translation>Alle Gene auf einem &amp;Cluster rechnen…</translation>
    </message>
    <message>
        <source>&amp;Watch a cluster&apos;s run…</source>
        <translation>Cluster-Lauf &amp;beobachten…</translation>
    </message>
    <message>
        <source>&amp;How large effects of common SNVs are…</source>
        <translation>Wie &amp;groß Effekte häufiger SNVs sind…</translation>
    </message>
    <message>
        <source>Read scores made &amp;elsewhere…</source>
        <translation>Scores anderer Rechner &amp;lesen…</translation>
    </message>
    <message>
        <source>Write se&amp;quences to score elsewhere…</source>
        <translation>Se&amp;quenzen für andere Rechner schreiben…</translation>
    </message>
    <message>
        <source>A&amp;nnData of all genes (h5ad)…</source>
        <translation>A&amp;nnData aller Gene (h5ad)…</translation>
    </message>
    <message>
        <source>&amp;Add files to the study…</source>
        <translation>&amp;Dateien zur Studie hinzufügen…</translation>
    </message>
</context>
</TS>
