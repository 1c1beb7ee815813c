#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Do two builds of the program write the same? Runs both over the same inputs and compares all that they leave behind:
# tables, JSON, figures, pictures of the window, stores, what they say, how they end. For changes that must not change a
# number. Whatever of it differs is listed, and is an exit code of 1.
# Usage: packaging/same_outputs.sh PROGRAM_A PROGRAM_B [FOLDER]      (default: ./same-outputs)
# FOLDER/a and FOLDER/b keep the outputs. Given in place of a program, they are what an earlier run in FOLDER left.
# A real study, and small unusual ones, are taken from $DIPLOSCOPE_SHARED_DATA (default: ../shared/data) where it is there.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

# All that may differ, as sed -E sees it in lines of bytes; everything else is a difference.
allowed='
s/(diploscope|Diploscope) [0-9]+\.[0-9]+\.[0-9]+(-[0-9a-z.-]+)?/\1 VERSION/g                # version
s/[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(:[0-9]{2})?(Z| UTC)/TIME/g                # of day
s/CreationDate \(D:[0-9]+(Z|[-+][0-9'\'']+)\)/CreationDate (TIME)/g                         # of a PDF
s/; at most [0-9a-z ]+ left\)/)/g                                                           # duration, as guessed while training
s/^TIME [0-9]+ /TIME PROCESS /                                                              # the log
s/^(TIME PROCESS start: ).*command: [^ ]+/\1/                                               # compiler, and where the program is
'

[ $# -eq 2 ] || [ $# -eq 3 ] || give_up "Usage: packaging/same_outputs.sh PROGRAM_A PROGRAM_B [FOLDER]"
folder=$(realpath -m "${3:-same-outputs}")
# The same place for both, so that the paths in what they write are the same; moved away afterwards.
run=$folder/run
shared=$(realpath -m "${DIPLOSCOPE_SHARED_DATA:-$root/../shared/data}")
command -v python3 >/dev/null || install_missing python3

# call NAME ARGUMENTS...: one run of the program, which must not fail, or less is compared than it seems. What it says
# and how it ends are outputs, too.
call() {
  try "$@"
  [ "$code" -eq 0 ] || failed+=("$1 ($code)")
}

# The same, of what may fail or is to.
try() {
  local name
  calls=$((calls + 1)) code=0
  name=$(printf '%03d-%s' "$calls" "$1")
  shift
  (cd "$run" && exec env -i PATH="$PATH" HOME="$run/home" LC_ALL=C.UTF-8 TZ=UTC QT_QPA_PLATFORM=offscreen \
    DIPLOSCOPE_DATA="$run/data" LD_LIBRARY_PATH="$libraries" timeout 900 "$program" "$@") \
    </dev/null >"$run/said/$name.out" 2>"$run/said/$name.err" || code=$?
  echo "$code" >"$run/said/$name.exit"
}

# study FILE GENOTYPES EXPRESSION TRANSFORM OPTIONS [MORE]: a study of the real data.
study() {
  local data=$shared/geuvadis_chr22
  cat >"$run/$1" <<END
{
  "schema": 1, "name": "${1%.study.json}", "build": "GRCh37",
  "reference": "$data/reference/hg19.22.1-22000000.fa.gz",
  "annotation": "$data/annotation/gencode.v19.annotation.chr22.gtf.gz",
  "genotypes": "$data/genotypes/$2",
  "expression": "$data/expression/$3",
  "expression_transform": "$4", "models": ["xpresso"], "options": {$5}${6:-}
}
END
}

# A sequence of N bases that looks random.
bases() {
  awk -v n="$1" 'BEGIN {
    state = 7
    for (i = 0; i < n; ++i) {
      state = (1103515245 * state + 12345) % 2147483648
      printf "%s", substr("ACGT", int(state / 65536) % 4 + 1, 1)
    }
    print ""
  }'
}

# Room for every legend of the genome page in one row: where there is little, whether it is one hangs on how the page
# was laid out before, and so on time. Low windows' gene pages hang on it, too, and are not drawn.
wide=(--size 3600x1800)

write_words() {
  local command
  call help --help
  for command in check analyze summary score predixcan "predixcan train" susie models simulate train "head fit" \
    "import published" bench columns cache info figure snapshot whatif ablate person saturation audit motifs report; do
    # shellcheck disable=SC2086
    call "help-${command// /-}" $command --help
  done
  call models models
  call columns columns
  call columns-json columns GENE.variants.tsv --json
  for command in "$root"/models/*/; do
    call "models-show" models show "$(basename "$command")"
  done
}

write_demo() {
  local study=demo/demo.study.json both=(--model demo-cnn --model demo-enformer) gene null theme driver file
  call simulate simulate --seed 7 --out demo
  call simulate-training simulate --seed 3 --people 20 --genes 5 --training --out training
  gene=$(awk -F'\t' '!/^#/ && named { print $column["gene_name"]; exit }
    !/^#/ { for (i = 1; i <= NF; i++) column[$i] = i; named = 1 }' "$run/demo/truth.tsv" || true)
  call check check "$study" --verbose
  call check-json check "$study" --json

  call gene analyze "$study" --gene "$gene" --out gene --figures
  call gene-stored analyze "$study" --gene "$gene" --out gene-stored
  call gradients analyze "$study" --gene "$gene" "${both[@]}" --gradients --no-cache --out gradients
  call plain analyze "$study" --gene "$gene" "${both[@]}" --plain --no-cache --out plain
  call double analyze "$study" --gene "$gene" --model demo-cnn --plain --precision fp64 --no-cache --out double
  call averaged analyze "$study" --gene "$gene" --shifts 1 --reverse-complement --out averaged
  call bins analyze "$study" --gene "$gene" --model demo-enformer --bins 3-9 --aggregate sum --out bins
  call statistics analyze "$study" --gene "$gene" --drivers backward --null-predictors 300 --bootstrap 200 \
    --no-fine-mapping --seed 5 --out statistics
  call all analyze "$study" --genes all "${both[@]}" --out all --figures 4
  call all-stored analyze "$study" --genes all "${both[@]}" --out all-stored
  call all-gradients analyze "$study" --genes all --model demo-cnn --gradients --seed 2 --out all-gradients
  for null in published calibrated empirical; do
    call "summary-$null" summary "$study" --model demo-cnn --null "$null" --figures "summary/$null"
    call "summary-$null-json" summary "$study" --model demo-enformer --null "$null" --json
  done

  call figure figure "$study" --figure locus --track genotypes --track ism=1.5 --gene "$gene" --width-mm 120 --font-pt 6.5 \
    --out figure.svg --out figure.pdf --data
  call figure-again figure --verify figure.svg

  # What experiments make of the gene's first driver.
  driver=$(awk -F'\t' '!/^#/ && named { print $1 ":" $2 ":" $4 ":" $5; exit } !/^#/ { named = 1 }' "$run"/gene/*.drivers.tsv || true)
  call eqtl-given analyze "$study" --gene "$gene" --model demo-cnn --eqtl-given "$driver" --out eqtl-given
  call whatif whatif "$study" --gene "$gene" --edit "$driver" --on all --json --figure whatif.svg --out whatif.tsv
  call whatif-person whatif "$study" --gene "$gene" --edit "$driver" --on DS00001:1 --out whatif-person.tsv
  call ablate ablate "$study" --gene "$gene" --variants drivers --figure ablate.svg --out ablate.tsv
  call ablate-all-but ablate "$study" --gene "$gene" --variants drivers --keep-only --out ablate-all-but.tsv
  call person person "$study" --gene "$gene" --sample DS00001 --json --out person.tsv --figures
  call person-against person "$study" --gene "$gene" --sample DS00001 --against DS00002 --out person-against.tsv
  call saturation saturation "$study" --gene "$gene" --variant "$driver" 25 --background variant --coherence --figure saturation.svg \
    --out saturation.tsv
  call saturation-tss saturation "$study" --gene "$gene" --model demo-enformer --tss 10 --out saturation-tss.tsv
  call audit audit "$study" --gene "$gene" --pairs pairs.tsv --out audit.tsv
  call motifs motifs "$study" --variant "$driver" --out motifs.tsv
  call report report "$study" --gene "$gene" --out gene.report.pdf
  call report-study report "$study" --out study.report.pdf
  call report-again report --verify gene.report.pdf
  for file in "$run"/templates/*; do
    file=$(basename "$file" .figure.json)
    try "template-$file" figure "$study" --figure "templates/$file.figure.json" --gene "$gene" --out "$file.pdf" --out "$file.svg"
  done

  call susie susie "$study" --gene "$gene" --out susie.tsv
  call susie-narrow susie "$study" --gene "$gene" --window 20000 --effects 3 --coverage 0.9 --out susie-narrow.tsv
  call predixcan predixcan "$study" --db demo/predixcan.db --out predixcan.tsv
  call predixcan-train predixcan train "$study" --window 4000 --out trained.db
  call predixcan-trained predixcan "$study" --db trained.db --match position --out trained.tsv
  bases 2050 >"$run/longer.txt"
  cut -c 2-2049 "$run/longer.txt" >"$run/sequence.txt"
  cut -c 514-1537 "$run/longer.txt" >"$run/shorter.txt"
  # Every base of a stretch, also to itself.
  awk '{
    printf "{\"edits\": ["
    for (i = 500; i < 540; ++i)
      for (k = 1; k <= 4; ++k)
        printf "%s{\"offset\": %d, \"ref\": \"%s\", \"alt\": \"%s\"}", (i > 500 || k > 1 ? ", " : ""), i,
          substr($0, i + 1, 1), substr("ACGT", k, 1)
    print "]}"
  }' "$run/sequence.txt" >"$run/case.json"
  awk '{
    edit = "{\"offset\": %d, \"ref\": \"%s\", \"alt\": \"%s\"}"
    printf "{\"edits\": [" edit ", " edit "]}\n", 500, substr($0, 501, 1), "N",
      510, substr($0, 511, 1), substr($0, 511, 1) == "A" ? "C" : "A"
  }' "$run/shorter.txt" >"$run/case-shorter.json"
  call score score --model demo-cnn --sequence sequence.txt --case case.json --out score.tsv
  call score-plain score --model demo-cnn --sequence sequence.txt --case case.json --plain --precision fp64 --out score-plain.tsv
  call score-averaged score --model demo-cnn --sequence longer.txt --case case-none.json --shifts 1 \
    --reverse-complement --out score-averaged.tsv
  call score-enformer score --model demo-enformer --sequence shorter.txt --case case-shorter.json --out score-enformer.tsv
  call train train "$study" --architecture demo-cnn --epochs 2 --out trained-cnn
  call train-enformer train "$study" --architecture demo-enformer --epochs 1 --out trained-enformer
  mkdir -p "$run/pair"
  echo '{"schema": 1, "name": "pair", "kind": "ensemble", "models": ["demo-cnn", "../trained-cnn"]}' >"$run/pair/model.json"
  call trained analyze "$study" --gene "$gene" --model trained-enformer --model pair --no-cache --out trained

  call picture-welcome snapshot --page welcome --out pictures/welcome.png
  call picture-study snapshot "$study" --out pictures/study.png
  for theme in light dark; do
    call "picture-gene-$theme" snapshot "$study" --gene "$gene" --model demo-cnn --theme "$theme" --out "pictures/gene-$theme.png"
    call "picture-genome-$theme" snapshot "$study" --page genome --all --theme "$theme" "${wide[@]}" \
      --out "pictures/genome-$theme.png"
  done
  call picture-scaled snapshot "$study" --gene "$gene" --model demo-enformer --scale 2 --out pictures/scaled.png

  try no-gene analyze "$study" --gene NO_SUCH_GENE --out refused
  try no-model analyze "$study" --gene "$gene" --model no-such-model --out refused
  try no-track analyze "$study" --gene "$gene" --tracks 3 --out refused
  try no-option analyze "$study" --gene "$gene" --null-predictors 3 --out refused
  try no-study check nowhere.study.json --json
}

write_real() {
  local genes=() predixcan=$shared/geuvadis_chr22/predictdb/geuvadis_train216_enet_chr22.db name study
  call weights models weights xpresso "$shared/xpresso/xpresso_gm12878.safetensors"
  study real.study.json merged316.chr22_1-22Mb.phased.vcf.gz geuvadis358.genes.RPKM.chr22.bed.gz log2p1 '' \
    ', "expression_unit": "RPKM"'
  study adjusted.study.json merged316.chr22_1-22Mb.phased.vcf.gz geuvadis373.genes.normalized.chr22.bed.gz rank-normal \
    '"variants": "snv+indel", "allele": "minor", "phase_sets": "leave-out"' \
    ", \"covariates\": \"$shared/geuvadis_chr22/expression/geuvadis358.covariates.pc50.txt.gz\",
  \"predixcan\": [\"$predixcan\"]"
  study unphased.study.json ldref_eur343.chr22_1-22Mb.unphased.vcf.gz geuvadis358.genes.RPKM.chr22.bed.gz none \
    '"unphased": "as-listed"'
  study refused.study.json ldref_eur343.chr22_1-22Mb.unphased.vcf.gz geuvadis358.genes.RPKM.chr22.bed.gz none ''
  study thinned.study.json kg_phase1_thin.chr22.1092.phased.vcf.gz geuvadis358.genes.RPKM.chr22.bed.gz log2p1 ''
  for name in real adjusted unphased refused thinned; do
    try "check-$name" check "$name.study.json" --json
  done

  call real-gene analyze real.study.json --gene COMT --gradients --out real-gene --figures
  for name in BID UFD1L CLTCL1 DGCR2 CDC45 CECR1 ARVCF IL17RA SEPT5 ENSG00000099949; do
    genes+=(--gene "$name")
  done
  call real-genes analyze real.study.json "${genes[@]}" --gradients --drivers backward --seed 9 --null-predictors 500 \
    --no-cache --out real-genes
  call real-double analyze real.study.json --gene COMT --plain --precision fp64 --no-cache --out real-double
  call real-all analyze real.study.json --genes all --out real-all --figures 6
  for name in adjusted unphased thinned; do
    call "$name-all" analyze "$name.study.json" --genes all --out "$name-all" --figures 2
    call "$name-summary" summary "$name.study.json" --json --figures "$name-summary"
  done
  call real-summary summary real.study.json --figures real-summary
  call real-report report real.study.json --gene COMT --out real.report.pdf
  call real-audit audit real.study.json --gene COMT --pairs real-pairs.tsv --out real-audit.tsv
  call real-susie susie real.study.json --gene COMT --out real-susie.tsv
  call adjusted-susie susie adjusted.study.json --gene IL17RA --out adjusted-susie.tsv
  for name in position rsid; do
    call "real-predixcan-$name" predixcan real.study.json --db "$predixcan" --match "$name" \
      --out "real-predixcan-$name.tsv"
  done
  call real-predixcan-train predixcan train real.study.json --gene COMT --gene IL17RA --gene ENSG00000069998 --out real-trained.db
  # A model of several tracks and bins.
  mkdir -p "$run/tracks"
  cp "$shared/enformer_parity/small/model.safetensors" "$run/tracks/"
  cat >"$run/tracks/model.json" <<'END'
{
  "schema": 1, "name": "tracks", "kind": "enformer", "weights": "model.safetensors",
  "input": {"length": 16384, "tss_index": 8192, "strand": "forward"},
  "config": {"dim": 96, "depth": 2, "heads": 2, "output_heads": {"human": 12, "mouse": 5}, "head": "human",
             "target_length": 64, "attn_dim_key": 16, "dim_divisible_by": 16},
  "output": {"bins": [31, 32, 33], "tracks": [0, 3, 7], "aggregate": "sum", "unit": "signal"}
}
END
  call real-tracks analyze real.study.json --gene COMT --model tracks --gradients --out real-tracks
  call real-tracks-other analyze real.study.json --gene COMT --model tracks --tracks 1-2 --bins 10-20 --aggregate log2-of-sum \
    --out real-tracks-other
  call head head fit real.study.json --model tracks --out head.csv
  {
    echo "tracks,weights"
    for name in {0..11}; do echo "track $name,0.$name"; done
    echo "offset,-0.5"
  } >"$run/given.csv"
  call real-head analyze real.study.json --gene COMT --model tracks --head given.csv --gradients --out real-head
  for name in small full_length; do
    study=$shared/enformer_parity/$name
    call "score-$name" score --model "$study" --sequence "$study/sequence.txt" --case "$study/case.json" --out "score-$name.tsv"
  done
  study=$shared/enformer_parity/small
  call score-small-plain score --model "$study" --sequence "$study/sequence.txt" --case "$study/case.json" --plain \
    --out score-small-plain.tsv
  for name in light dark; do
    call "picture-real-$name" snapshot real.study.json --gene COMT --theme "$name" --out "pictures/real-gene-$name.png"
    call "picture-real-genome-$name" snapshot real.study.json --page genome --all --theme "$name" "${wide[@]}" \
      --out "pictures/real-genome-$name.png"
  done

  study=$shared/published
  call import import published "$study/SupplementaryTable1.tsv" --drivers "$study/SupplementaryTable2.half.tsv" \
    --means "$study/MeanGeXPredFineTuned.txt" --out published
  call published-summary summary published/published.study.json --figures published-summary
  call published-summary-json summary published/published.study.json --null calibrated --json
  call picture-published snapshot published/published.study.json --page genome "${wide[@]}" --out pictures/published.png
}

# Small studies with something wrong or unusual: what is said of them, and what is made of them.
write_cases() {
  local file name
  # Copies, because results are stored beside a study; of their times, too, which say whether an index is of its file.
  cp -r --no-preserve=mode --preserve=timestamps "$shared/../cases" "$run/"
  while read -r file; do
    name=${file%/*}
    name=case-${name//\//-}
    try "$name-check" check "cases/$file" --json
    try "$name" analyze "cases/$file" --genes all --bootstrap 100 --out "$name"
  done < <(cd "$run/cases" && find . -name '*.study.json' -printf '%P\n' | sort)
  while read -r file; do
    name=case-$(basename "$file" .db)
    try "$name" predixcan "${file%/*}/t.study.json" --db "$file" --out "$name.tsv"
  done < <(cd "$run" && find cases/15_predixcan -name '*.db' | sort)
  while read -r file; do
    name=case-weights-$(basename "$(dirname "$file")")
    try "$name" score --model "${file%/*}" --sequence cases/16_weights/s.txt --case cases/16_weights/c.json --out "$name.tsv"
  done < <(cd "$run" && find cases/16_weights -name model.json | sort)
}

# write PROGRAM NAME: all outputs of one program, into FOLDER/NAME.
write() {
  program=$(realpath "$1")
  # A copy of a build's bin and lib still looks for the library where it was built; this comes first.
  libraries=$(dirname "$program")/../lib
  [ ! -e "$libraries" ] || libraries=$(realpath "$libraries")
  local core started=$SECONDS
  core=$(LD_LIBRARY_PATH=$libraries ldd "$program" | awk '/libdiploscope_core/ { print $3 }') || give_up "This is no program: $1"
  [ "$core" != not ] || give_up "$1 finds no libdiploscope_core.so: its lib folder belongs beside its bin folder."
  say "Running $program${core:+ with $core}"
  rm -rf "$run" "${folder:?}/$2"
  mkdir -p "$run"/{said,home,data,pictures}
  cp -r "$root/models" "$run/data/" # the same for both, wherever they were built
  cp -r "$root/resources/figures" "$run/templates"
  echo '{"edits": []}' >"$run/case-none.json"
  calls=0 failed=()
  write_words
  write_demo
  if [ -d "$shared" ]; then
    write_real
    [ ! -d "$shared/../cases" ] || write_cases
  else
    say "The real study is left out: there is no $shared"
  fi
  call cache-verify cache verify
  # By inode and time of change of the inputs.
  rm -rf "$run/home/.cache/diploscope/digests"
  mv "$run" "$folder/$2"
  echo "$calls commands in $((SECONDS - started)) s."
  [ ${#failed[@]} -eq 0 ] || { failures=1; printf 'Failed, so that nothing of it is compared: %s\n' "${failed[@]}"; }
}

# What a file holds, as text where it can be, without what may differ.
readable() {
  case $1 in
    *.sqlite | *.db | *.png) python3 -c "$reader" "$1" ;;
    *) cat "$1" ;;
  esac | LC_ALL=C sed -E "$allowed"
}

reader='
import hashlib, pathlib, sqlite3, struct, sys, zlib

def database(file):
    """The rows, in their order. Times of storing are left out: they are also the order of runs and of use."""
    memory = sqlite3.connect(":memory:")
    memory.text_factory = lambda text: text.decode("utf-8", "backslashreplace")
    sqlite3.connect(f"file:{file}?immutable=1", uri=True).backup(memory)
    times = {"run": ("begun", "stored_at"), "batch": ("used",)}
    for table, columns in times.items():
        there = [column[1] for column in memory.execute(f"PRAGMA table_info({table})")]
        for column in columns:
            if column in there:
                memory.execute(f"UPDATE {table} SET {column} = 0")
    yield from memory.iterdump()

def picture(file):
    """Its texts, which may tell a version, and of all else the digest."""
    data = file.read_bytes()
    at = 8
    while at < len(data):
        size, kind = struct.unpack(">I4s", data[at:at + 8])
        body = data[at + 8:at + 8 + size]
        at += 12 + size
        if kind == b"zTXt":
            key, rest = body.split(b"\0", 1)
            body = key + b" " + zlib.decompress(rest[1:])
        is_text = kind in (b"tEXt", b"zTXt", b"iTXt")
        yield kind.decode() + " " + (body.decode("utf-8", "replace") if is_text else hashlib.sha256(body).hexdigest())

file = pathlib.Path(sys.argv[1])
for line in picture(file) if file.suffix == ".png" else database(file):
    sys.stdout.buffer.write((line + "\n").encode("utf-8", "backslashreplace"))
'

# Of two texts: which line differs first, and what is there from shortly before where it does.
first_difference() {
  LC_ALL=C awk -v other="$2" '
    function part(line, from) { return (from > 40 ? "..." : "") substr(line, from > 40 ? from - 37 : 1, 140) }
    function tell(a, b) {
      at = 1
      while (at <= length(a) && substr(a, at, 1) == substr(b, at, 1)) ++at
      printf "    line %d\n      a: %s\n      b: %s\n", NR, part(a, at), part(b, at)
      told = 1
      exit
    }
    { if ((getline line < other) <= 0) tell($0, "(ends)"); if ($0 "" != line "") tell($0, line) }
    END { if (!told && (getline line < other) > 0) { ++NR; tell("(ends)", line) } }' "$1"
}

compare() {
  local file kind a b kinds=() differing=() lone=()
  declare -A files equal but different only
  local text=$folder/compared
  rm -rf "$text"
  mkdir -p "$text"
  while read -r file; do
    kind=${file##*.}
    case $file in
      said/*) kind="said by commands" ;;
      *.results.sqlite) kind="databases" ;;
      data/* | cases/*) kind="inputs" ;;
      *.sqlite | *.db) kind="databases" ;;
      *.gz | *.tbi | *.fai | *.gzi) kind="genomic files" ;;
      *.log) kind="log" ;;
    esac
    [ -n "${files[$kind]:-}" ] || kinds+=("$kind")
    files[$kind]=$((${files[$kind]:-0} + 1))
    a=$folder/a/$file b=$folder/b/$file
    if [ ! -e "$a" ] || [ ! -e "$b" ]; then
      only[$kind]=$((${only[$kind]:-0} + 1))
      lone+=("$([ -e "$a" ] && echo "a" || echo "b"): $file")
    elif cmp -s "$a" "$b"; then
      equal[$kind]=$((${equal[$kind]:-0} + 1))
    elif readable "$a" >"$text/a" && readable "$b" >"$text/b" && cmp -s "$text/a" "$text/b"; then
      but[$kind]=$((${but[$kind]:-0} + 1))
    else
      different[$kind]=$((${different[$kind]:-0} + 1))
      differing+=("  $file")
      # What is no text has no lines.
      if grep -Iq . "$text/a" && grep -Iq . "$text/b"; then
        differing+=("$(first_difference "$text/a" "$text/b")")
      else
        differing+=("    $(cmp "$text/a" "$text/b" 2>&1 | sed 's/.*differ: //')")
      fi
    fi
  done < <({ cd "$folder/a" && find . -type f -printf '%P\n'; cd "$folder/b" && find . -type f -printf '%P\n'; } | sort -u)

  say "What they wrote"
  local row='%-18s %7s %7s %22s %10s %12s\n'
  # shellcheck disable=SC2059
  {
    printf "$row" kind files equal "equal but for times" different "in one only"
    for kind in "${kinds[@]}"; do
      printf "$row" "$kind" "${files[$kind]}" "${equal[$kind]:-0}" "${but[$kind]:-0}" "${different[$kind]:-0}" "${only[$kind]:-0}"
    done | sort
    printf "$row" all "$(sum "${files[@]}")" "$(sum "${equal[@]}")" "$(sum "${but[@]}")" "$(sum "${different[@]}")" \
      "$(sum "${only[@]}")"
  }
  if [ ${#lone[@]} -gt 0 ]; then
    say "In one only"
    printf '  %s\n' "${lone[@]}"
  fi
  if [ ${#differing[@]} -gt 0 ]; then
    say "Different"
    printf '%s\n' "${differing[@]}"
  fi
  rm -rf "$text"
  [ ${#lone[@]} -eq 0 ] && [ ${#differing[@]} -eq 0 ]
}

sum() {
  local total=0 number
  for number in "$@"; do total=$((total + number)); done
  echo "$total"
}

# take PROGRAM NAME: runs it, or takes what an earlier run left.
take() {
  if [ ! -d "$1" ]; then
    write "$1" "$2"
  elif [ "$(realpath "$1")" != "$folder/$2" ]; then
    give_up "$1 is no program, and not $folder/$2: what an earlier run left is compared where it was made."
  fi
}

failures=0
mkdir -p "$folder"
take "$1" a
take "$2" b
compare || give_up "The two do not write the same; their outputs are in $folder/a and $folder/b."
[ "$failures" -eq 0 ] || give_up "What both wrote is equal, but commands failed, as told above."
say "Both write the same."
