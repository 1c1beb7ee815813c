#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Small valid inputs for the fuzz targets: make_seeds.py FOLDER writes FOLDER/<target>/<name>.

Needs bcftools, tabix and samtools (they write BCF and indexes) beside Python alone. What a fuzzer found and
was mended is here too, as the smallest input of its kind (FOUND, and beside the good ones where it is text), so
that the test of every build, which runs these (tst_fuzz_seeds), meets it again.
"""
import gzip
import json
import pathlib
import sqlite3
import struct
import subprocess
import sys
import tempfile
import zlib

HERE = pathlib.Path(__file__).parent
VCF = """##fileformat=VCFv4.2
##contig=<ID=1,length=100000>
##contig=<ID=2,length=100000>
##INFO=<ID=END,Number=1,Type=Integer,Description="e">
##FORMAT=<ID=GT,Number=1,Type=String,Description="g">
##FORMAT=<ID=PS,Number=1,Type=Integer,Description="p">
#CHROM	POS	ID	REF	ALT	QUAL	FILTER	INFO	FORMAT	A	B
1	7919	rs1	A	C	.	PASS	.	GT	0|1	1|0
1	15838	.	AT	A,<DEL>	9	.	END=15900	GT:PS	0|2:1	.|.:.
1	40001	x	G	T	.	.	.	GT	1	1/0
2	99	.	A	C	.	.	.	GT	0|0	1|1
"""
FASTA = ">1 first\nACGTACGTAC\nGTACGTACGT\nACG\n>2\nTTTTTTTTTT\nCC\n>3\nNNNNNGGGGG\n"
GTF = ('1\tx\tgene\t100\t900\t.\t+\t.\tgene_id "ENSG1.2"; gene_name "GENA"; gene_type "protein_coding";\n'
       '1\tx\ttranscript\t100\t900\t.\t-\t.\tgene_id "ENSG2"; transcript_id "T"; tag "basic";\n'
       '1\tx\tgene\t100\t900\t.\t-\t.\tgene_id "ENSG2"; gene_name "GENB";\n')
GFF3 = ("##gff-version 3\n1\tx\tgene\t100\t900\t.\t+\t.\tID=gene:ENSG1;gene_id=ENSG1;Name=GENA\n"
        "1\tx\tmRNA\t100\t900\t.\t+\t.\tID=t1;Parent=gene:ENSG1\n")
PROOF = json.dumps({"proof": 1, "program": "diploscope 1", "drawn_with": [["qt", "6"], ["qt", "7"]], "command": "c", "figure": {"schema": 1, "panels": [{"figure": "ism"}]},
                    "studies": [{"name": "n", "build": "b", "inputs": [{"what": "genotypes", "file": "a.vcf", "xxh3": "00"}]}], "models": [{"name": "m", "checksum": "c"}],
                    "panels": [{"letter": "a", "figure": "ism", "made": [["drivers", "a & b"]]}]})
TEXTS = {
    "vcf": {"good": VCF, "empty": VCF.split("#CHROM")[0]},
    "fasta": {"good": FASTA},
    "annotation": {"gtf": GTF, "gff3": GFF3, "tss": "gene_id\tgene_name\tchrom\ttss\tstrand\nENSG1\tGENA\t1\t100\t+\n"},
    "track": {
        "bed": "track name=a\n1\t0\t10\ta\t5\t+\n22\t100\t200\tb\t0\t-\n",
        "bed12": "1\t100\t200\tx\t0\t+\t100\t200\t0\t2\t10,20,\t0,80,\n",
        "narrowpeak": "1\t100\t200\tp\t500\t.\t12.5\t3\t2\t40\n",
        "bedgraph": "track type=bedGraph\n1 0 10 1.5\n1 10 20 -2e3\n",
        "dots": "track name=\"a\" type='bed'\n1\t0\t10\t.\n22\t100\t200\t\n",
        "parents": "##gff-version 3\n22\tx\texon\t101\t150\t.\t-\t.\tParent=t1,t2;gene_name=G\n22\tx\texon\t181\t190\t.\t-\t.\tParent=t2\n##FASTA\n>22\n",
        "vcf": VCF, "gtf": GTF + '1\tx\texon\t100\t900\t.\t+\t.\tgene_id "ENSG1"; transcript_id "T"; gene_name "G";\n', "gff3": GFF3 + "1\tx\texon\t1\t9\t.\t+\t.\tParent=t1\n",
    },
    "motifs": {
        "meme": "MEME version 4\nALPHABET= ACGT\nBackground letter frequencies\nA 0.3 C 0.2 G 0.2 T 0.3\nMOTIF a b\n"
                "letter-probability matrix: alength= 4 w= 2 nsites= 10 E= 0\n0.1 0.2 0.3 0.4\n1 0 0 0\n",
        "huge": ">a\n1e300\n0\n0\n0\n",
        "jaspar": ">MA1 Arnt\nA [ 4 19 ]\nC [16 0 ]\nG [ 0 1 ]\nT [ 0 0.5 ]\n>plain\n1 2\n3 4\n5 6\n7 8\n",
    },
    "chain": {
        "blocks": "# a\nchain 9 chr1 100 + 10 40 1 200 + 100 135 7\n10\t5\t8\n3 0 2\n12\n\nchain 1 chr2 50 + 0 9 2 60 - 1 10 8\n9\n",
        "overlap": "chain 1 1 100 + 0 90 1 100 + 0 90 1\n90\n\nchain 1 1 100 + 5 25 3 90 - 5 25 2\n20\n",
    },
    "expression": {
        "bed": "#chr\tstart\tend\tgene_id\tHG1\tHG2\n1\t99\t100\tENSG1\t1.5\t2\n2\t9\t10\tENSG2\tNA\t0\n",
        "gct": "#1.2\n2\t2\nName\tDescription\tHG1\tHG2\nENSG1.1\tGENA\t1\t2e3\nENSG2\tGENB\t0\t-1\n",
        "tsv": "gene_id\tHG1\tHG2\nENSG1\t1\t2\nENSG2\t3\t4\n",
        "csv": 'sample,ENSG1,"ENSG2"\nHG1,1,2\nHG2,3,"4"\n',
    },
    "covariates": {"good": "id\tHG1\tHG2\nsex\t1\t2\nPC1\t.5\t-.5\n", "across": "id\tsex\tPC1\nHG1\t1\t.5\nHG2\t2\t-1\n"},
    "sample-map": {"good": "genotype_id\texpression_id\nHG1\tE1\nHG2\tE2\n"},
    "head": {"good": "track,weight\n0,1.5\n3,-2\n11,.25\n", "plain": "0.5\n1\n2\n"},
    "track-list": {"good": "index\tidentifier\tdescription\n0\tCNhs1\tCAGE:brain\n1\tCNhs2\tDNASE\n2\tx\ty\n", "plain": "a\nb\nc\n"},
    "association": {
        "nominal": "phenotype_id\tvariant_id\ttss_distance\taf\tma_samples\tma_count\tpval_nominal\tslope\tslope_se\n"
                   "ENSG1\tchr1_100_A_G_b38\t5\t.1\t3\t4\t1e-400\t.5\t.1\n",
        "gtex": "variant_id\tgene_id\ttss_distance\tma_samples\tma_count\tmaf\tpval_nominal\tslope\tslope_se\n"
                "chr1_100_A_G_b38\tENSG1.1\t5\t3\t4\t.1\t.01\t.5\t.1\n",
        "susie": "phenotype_id\tvariant_id\tpip\taf\tcs_id\nENSG1\t1_100_A_G\t.9\t.1\t1\n",
        "catalogue": "molecular_trait_id\tgene_id\tcs_id\tvariant\trsid\tcs_size\tpip\tpvalue\tbeta\tse\tz\n"
                     "ENSG1\tENSG1\tENSG1_L1\tchr1_100_A_G\trs1\t1\t.9\t1e-9\t.5\t.1\t5\n",
    },
    "haplotype-counts": {
        "phaser": "contig\tstart\tstop\tname\taCount\tbCount\ttotalCount\tlog2_aFC\tn_variants\tvariants\tgw_phased\tbam\n"
                  "1\t10\t90\tENSG1.4\t12\t7\t19\t.7\t2\tv,w\t1\tHG1\n1\t10\t90\tENSG1.4\t3\t9\t12\t-1.4\t1\tv\t0\tHG2\n",
        "matrix": "#contig\tstart\tstop\tname\tHG1\tHG2\n1\t10\t90\tENSG1.4\t12|7\t0|0\n1\t100\t190\tGENA\tNA\t4|30\n",
    },
    "effects": {
        "four": "chrom\tpos\tref\talt\tgene\tscore\tscore_reference\nchr1\t100\tAC\tGC\tENSG1.2\t-.5\t3\n1\t7\tA\tATG\tENSG1\t1e-3\t3\n",
        "id": "variant_id,gene_id,effect_allele,score\nchr1_100_A_G_b38,GENA,A,.5\n1:7:A:T,GENA,T,0\n",
    },
    "predictions": {
        "genes": "gene\tHG1\tHG2\nENSG1.1\t1\t-2\nGENA\tNA\t4\n",
        "people": "sample,ENSG1,ENSG2\nHG1,1,2\nHG2,3,4\n",
        "long": "sample\tgene\thap1\thap2\nHG1\tENSG1\t1\t2\nHG2\tENSG1\tNA\t.5\nHG2\tGENA\t0\t1\n",
    },
    "sequence-scores": {
        "good": '{"schema": 1, "study": "/a.study.json", "model": "far", "tracks": "1", "shifts": 1, "name": "Far", "checksum": "c", "score": "s", '
                '"members": [], "sequences": 2, "length": 9, "genes": ["ENSG1"]}\n%%%\n'
                "sequence\tscore\n00000000000000000000000000000000\t1.5\n0123456789abcdef0123456789ABCDEF\tNA\n",
        "comma": "{}\n%%%\nscore,gene,sequence\n-1e-3,ENSG1,0123456789abcdef0123456789abcdef\n",
    },
    "published": {"good": "GeneSymbol\tENSG\tChr\tTSS\n\n%%%\nENSG\tposition\n"},
    "saturation": {"good": "#gene_id\tposition\tbackground\tsequence\toffset\tA\tC\tG\tT\n" + "".join(
        f"ENSG1\t100\t{background}\tA\t{offset}\t0\t.5\t-1e-3\t2\n"
        for background in ("reference", "variant") for offset in range(-20, 21)) + "\n%%%\nENSG1 .1 .5 .2\nENSG2 1 2 3\n"},
    "words": {str(i): t for i, t in enumerate(["chr1_12345_A_G_b38", "chr1:1,000-2,000", "1:100:A:T", "447-449", "3,5-7", "CAGE:brain*", '"a, b",1', "1e-400", "+5", "0x1p3",
                                                         "22:19.92M-19.94Mb", "19929000..19931000", "22:5\u201310 bp", "chr22:19,930,274 C\u2192T"])},
    "condition": {str(i): t for i, t in enumerate(["maf > 0.05 and not pip > 0.1", "id = RS5 or pip missing", "sample = 'HG 3'", "abs(ism) >= 1e-3 and (pos < 110)",
                                                             "observed > predicted"])},
    "names": {str(i): t for i, t in enumerate(["# mine\r\nrs5 # both\n22:111 A>G\nANN, BEN\nHG 3;nobody", "22:105:A:C\tHG#3"])},
    "edits": {str(i): t for i, t in enumerate(["22:105:A:G", "chr22:110 CG>C\n%%%\n105:A:A\n%%%\n105A>C", "rs5\n%%%\n+ttg", "-2\n%%%\n1 uu\n3 uu", ">x\nTT\nTT\n%%%\n22:104:TA:T"])},
    "vcf-sites": {"good": VCF.replace("\n1\t", "\n22\t").replace("\n2\t", "\nX\t").replace(",<DEL>", ""),
                  "sites": "##fileformat=VCFv4.2\n#CHROM\tPOS\tID\tREF\tALT\n22\t105\trs5\tA\tG\n22\t110\t.\tCG\tC,.\n22\t103\t.\tGT\tg\n",
                  "aliases": "##fileformat=VCFv4.3\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\nchr22\t10\t.\tac\t.\t.\t.\t.\n1\t7\t.\tA\tATG\t.\t.\t.\n"},
    "variant-list": {"good": "# those\nrs5\n22:105:A:T\r\nchr22:110 CG>C\n"},
    "filter": {str(i): t for i, t in enumerate(["q < 0.05 and r < -0.2", "not (abs(r) >= .3 or p missing)", "gene = 'GENA'", 'chrom != "X" and tss > 1e3', "pearson_r <> 2"])},
    "study": {
        "good": json.dumps({"schema": 1, "name": "n", "build": "GRCh38", "reference": "r.fa", "annotation": "a.gtf", "genotypes": "chr{chrom}.vcf.gz",
                            "expression": "e.tsv", "expression_transform": "log2p1", "covariates": None, "predixcan": ["a.db"], "eqtl": [],
                            "models": ["m", {"folder": "m2", "bins": "4-6", "tracks": "1", "shifts": 2, "reverse_complement": True}],
                            "options": {"variants": "snv", "unphased": "refuse", "allele": "alt"}}),
        "published": json.dumps({"schema": 1, "name": "n", "build": "GRCh37", "published": "f"}),
    },
    "figure": {
        "least": json.dumps({"schema": 1, "panels": [{"figure": "ism"}]}),
        "more": json.dumps({"schema": 1, "name": "n", "width_mm": 174, "height_mm": 80.5, "dpi": 600, "background": "transparent", "font": "Inter", "font_pt": 6.5,
                            "lines_pt": {"axis": 0.4}, "letters": "upper", "first_letter": "c", "letter_pt": 8, "column_widths": [1, 2], "row_heights": [1], "gap_mm": 2,
                            "study": "../a.study.json", "model": "./m", "gene": "G", "scores": [{"model": "x", "bins": "1", "head": "h.csv", "shifts": 1}],
                            "statistics": {"seed": 1, "resamples": 0, "fine_mapping": False, "drivers": "backward"},
                            "panels": [{"figure": "locus", "variants": ["rs1"], "tracks": [{"track": "ism", "height": 2, "shown": False}], "files": ["a.bed"],
                                        "marks": [{"region": "1:2-3", "name": "e"}], "title": "*G* R^{2}", "x_limits": [0, 1.5], "chart_limits": [{}, {"y": [0, 1]}], "hide": ["legend"]},
                                       {"figure": "saturation", "column": 2, "around_tss": 5, "saturate": "tss", "saturate_bp": 10, "keep_only": True}]}),
    },
    "figure-proof": {
        "text": PROOF,
        "svg": "<svg><metadata><diploscope:proof xmlns:diploscope=\"urn\">" + PROOF.replace("&", "&amp;") + "</diploscope:proof></metadata></svg>",
    },
    "manifest": {
        "sequential": json.dumps({"schema": 1, "name": "m", "kind": "sequential", "weights": "w.safetensors", "description": "d",
                                  "input": {"length": 30, "tss_index": 15, "strand": "gene"},
                                  "layers": [{"conv1d": {"name": "c", "out": 2, "width": 3, "padding": "same"}}, "relu", {"maxpool": {"size": 3, "stride": 2}},
                                             {"batchnorm": {"name": "b", "eps": 1e-3}}, "flatten", {"append": 3}, {"dropout": 0.1}, {"linear": {"name": "o", "out": 1}}],
                                  "output": {"tracks": [0], "aggregate": "sum"}}),
        "torchscript": json.dumps({"schema": 1, "name": "t", "kind": "torchscript", "weights": "m.pt", "layout": "NLC", "input": {"length": 30, "tss_index": 15},
                                   "output": {"bin_count": 2, "track_count": 3, "layout": "NKT"}}),
        "enformer": json.dumps({"schema": 1, "name": "e", "kind": "enformer", "weights": "w.safetensors", "input": {"length": 1024, "tss_index": 512},
                                "config": {"dim": 12, "depth": 1, "heads": 2, "output_heads": {"human": 3}, "target_length": 2, "num_downsamples": 7, "dim_divisible_by": 2}}),
        "ensemble": json.dumps({"schema": 1, "name": "n", "kind": "ensemble", "models": ["../a", "../b"]}),
        "program": json.dumps({"schema": 1, "name": "p", "kind": "program", "command": ["sh", "m.sh", "a b"], "version": "1", "files": ["w"], "workers": 2,
                               "timeout_s": 0.5, "reply": "float64", "input": {"length": 30, "tss_index": 15}, "output": {"bin_count": 2, "track_count": 3}}),
    },
    "config": {"good": json.dumps({"model_type": "enformer", "dim": 12, "depth": 1, "heads": 2, "output_heads": {"human": 3}, "target_length": 2,
                                   "attn_dim_key": 4, "num_downsamples": 7, "dim_divisible_by": 2})},
    "score-case": {"good": json.dumps({"edits": [{"offset": 1, "ref": "C", "alt": "T"}], "bins": [0, 1], "tracks": [7], "note": {"a": [1]}})},
    "program-line": {
        "hello": json.dumps({"protocol": 1, "name": "p", "version": "1", "length": 30, "tss_index": 15, "bin_count": 2, "track_count": 3, "batch_size": 4,
                             "encoding": "onehot", "reply": "float64", "chooses": True, "gradient": False, "cancels": True}),
        "answer": json.dumps({"id": 1, "bytes": 32}), "error": json.dumps({"id": 1, "error": "out of memory"}),
    },
    "sequence": {"good": ">a\nACGTN\nACGT\n", "plain": "ACGT acgt\n"},
    "safetensors-header": {"good": json.dumps({"a": {"dtype": "F32", "shape": [2, 3], "data_offsets": [0, 24]}, "b": {"dtype": "F64", "shape": [5], "data_offsets": [24, 64]},
                                               "__metadata__": {"format": "pt"}})},
}

DEEP = b"[" * 200_000 + b"]" * 200_000
#: Each ended the program, or did not end: numbers beyond doubles, depth, null where a text stands, lengths and places
#: beyond the file, a header that is all that there is.
FOUND = {
    "study": {"overflow": b'{"schema": 1e400, "name": "n"}', "deep": b'{"schema": 1, "models": ' + DEEP + b"}",
              "not-utf-8": b'{"schema": 1, "name": "\xe9"}', "cut": b'{"schema": 1, "name": "n", "options": {"variants'},
    "figure": {"overflow": b'{"schema": 1, "width_mm": 1e400, "panels": []}', "deep": DEEP},
    "manifest": {"null": b'{"schema": 1, "name": "m", "kind": "sequential", "description": null}', "deep": b'{"schema": 1, "layers": ' + DEEP + b"}",
                 "huge": b'{"schema": 1, "name": "m", "kind": "sequential", "weights": "w.safetensors", "input": {"length": 9223372036854775807, "tss_index": 0}, '
                         b'"layers": ["flatten", {"linear": {"name": "o", "out": 9223372036854775807}}]}'},
    "config": {"deep": DEEP, "overflow": b'{"model_type": "enformer", "dim": 1e400}'},
    "score-case": {"deep": b'{"edits": ' + DEEP + b"}", "overflow": b'{"edits": [{"offset": 1e400, "ref": "C", "alt": "T"}]}', "null": b'{"edits": null}'},
    "program-line": {"nothing": b"", "deep": DEEP, "overflow": b'{"id": 1e400, "bytes": -1}', "not-utf-8": b'{"id": 1, "error": "\xe9"}'},
    "safetensors-header": {"deep": DEEP, "overflow": b'{"a": {"dtype": "F32", "shape": [9223372036854775807, 4], "data_offsets": [0, 18446744073709551615]}}',
                           "null": b'{"a": null}'},
    "safetensors": {"long-header": struct.pack("<Q", 2**63) + b"{}", "cut": struct.pack("<Q", 400) + b'{"a": '},
    "variant-index": {"tbi-names": b"TBI\1" + struct.pack("<8i", 1, 2, 1, 2, 0, 35, 0, 2**31 - 1) + b"1\0",
                      "tbi-bins": b"TBI\1" + struct.pack("<8i", 1, 2, 1, 2, 0, 35, 0, 2) + b"1\0" + struct.pack("<i", 2**31 - 1),
                      "tbi-cut": b"TBI\1" + struct.pack("<8i", 2, 2, 1, 2, 0, 35, 0, 4) + b"1\0",
                      "csi-depth": b"CSI\1" + struct.pack("<3i", 14, 100, 0) + struct.pack("<2i", 1, 2**31 - 1)},
    "fasta-index": {"gzi-count": b"1\t23\t9\t10\t11\n\n%%%\n" + struct.pack("<QQQ", 2**62, 47, 16),
                    "gzi-of-another": b"1\t23\t9\t10\t11\n\n%%%\n" + struct.pack("<QQQQQ", 2, 1000, 65280, 2000, 130560),
                    "fai-length": b"1\t9223372036854775807\t9\t10\t11\n\n%%%\n" + struct.pack("<Q", 0)},
    "bcf": {"no-contig-lines": b"BCF\2\2" + struct.pack("<I", 60) + b"##fileformat=VCFv4.2\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\0" +
            struct.pack("<2I3i", 24, 0, 0, 5, 1) + bytes(16)},
    "covariates": {"header-of-returns": b"\r\r \n#!\\#i", "comment-of-returns": b"# \r \r\n1 2\n"},
    "expression": {"header-of-returns": b"\r\r \n#!\\#i", "comment-of-returns": b"# \r \r\n1 2\n"},
    "recognise": {"header-of-returns": b"\r\r \n#!\\#i", "comment-of-returns": b"# \r \r\n1 2\n"},
}


def database(sql):
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "d"
        connection = sqlite3.connect(path)
        connection.executescript("PRAGMA page_size = 512;" + sql)
        connection.close()
        return path.read_bytes()


def bigwig(per_node, compressed):
    """Two contigs with values of all three kinds. What is compressed no fuzzer changes but by chance."""
    contigs = [(b"chr1\0", 1000), (b"chr22", 5000)]
    head = lambda contig, start, end, step, span, kind, count: struct.pack("<5IBBH", contig, start, end, step, span, kind, 0, count)
    sections = [(0, 0, 100, head(0, 0, 100, 0, 0, 1, 1) + struct.pack("<IIf", 0, 100, 9)),
                (1, 10, 30, head(1, 10, 30, 0, 0, 1, 2) + struct.pack("<IIfIIf", 10, 20, 1, 20, 30, -2.5)),
                (1, 200, 305, head(1, 200, 305, 0, 5, 2, 2) + struct.pack("<IfIf", 200, 4, 300, 5)),
                (1, 900, 924, head(1, 900, 924, 10, 4, 3, 3) + struct.pack("<3f", 6, 7, 8))]

    def tree(at, keys, leaves, leaf_items):
        """Nodes from `at` on: the root, and leaves below it where there are more items than one has."""
        parts = [leaf_items[i:i + per_node] for i in range(0, len(leaf_items), per_node)]
        nodes = [struct.pack("<BBH", 1, 0, len(part)) + b"".join(part) for part in parts]
        if len(nodes) == 1:
            return nodes[0]
        size = 4 + len(nodes) * (leaves + 8)
        places = [at + size + sum(map(len, nodes[:i])) for i in range(len(nodes))]
        inner = b"".join(keys(i * per_node, min((i + 1) * per_node, len(leaf_items)) - 1) + struct.pack("<Q", place) for i, place in enumerate(places))
        return struct.pack("<BBH", 0, 0, len(nodes)) + inner + b"".join(nodes)

    data = struct.pack("<IIIIQQ", 0x78CA8C91, per_node, 5, 8, len(contigs), 0)
    data += tree(64 + len(data), lambda first, last: contigs[first][0], 5, [name + struct.pack("<II", i, length) for i, (name, length) in enumerate(contigs)])
    values_at = 64 + len(data)
    data += struct.pack("<Q", len(sections))
    items = []
    for contig, start, end, section in sections:
        block = zlib.compress(section) if compressed else section
        items.append(struct.pack("<IIIIQQ", contig, start, contig, end, 64 + len(data), len(block)))
        data += block
    index_at = 64 + len(data)
    data += struct.pack("<IIQIIIIQII", 0x2468ACE0, per_node, len(sections), 0, 0, 1, 924, 64 + len(data), 1, 0)
    span = lambda first, last: struct.pack("<IIII", sections[first][0], sections[first][1], sections[last][0], sections[last][2])
    data += tree(64 + len(data), span, 16, items)
    return struct.pack("<IHHQQQHHQQIQ", 0x888FFC26, 4, 0, 64, values_at, index_at, 0, 0, 0, 0, 32768 if compressed else 0, 0) + data + struct.pack("<I", 0x888FFC26)


def indexes():
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        (folder / "a.vcf").write_text(VCF)
        run = lambda *words: subprocess.run(words, cwd=folder, check=True)
        run("bcftools", "view", "-Ob", "-o", "a.bcf", "a.vcf")
        yield "bcf", "good", gzip.decompress((folder / "a.bcf").read_bytes())
        run("bcftools", "view", "-Oz", "-o", "a.vcf.gz", "a.vcf")
        run("tabix", "-p", "vcf", "a.vcf.gz")
        run("bcftools", "index", "-c", "a.vcf.gz")
        for suffix in ("tbi", "csi"):
            yield "variant-index", suffix, gzip.decompress((folder / f"a.vcf.gz.{suffix}").read_bytes())
        (folder / "a.fa").write_text(FASTA)
        run("samtools", "faidx", "a.fa")
        fai = (folder / "a.fa.fai").read_bytes()
        # The target's FASTA has blocks of 16 bytes of text in 47 of file.
        gzi = struct.pack("<Q", 5) + b"".join(struct.pack("<QQ", 47 * i, 16 * i) for i in range(1, 6))
        yield "fasta-index", "good", fai + b"\n%%%\n" + gzi


def seeds():
    for target, files in TEXTS.items():
        for name, text in files.items():
            yield target, name, text.encode()
    yield from indexes()
    yield "predixcan", "good", database(
        "CREATE TABLE weights(rsid TEXT, gene TEXT, weight REAL, ref_allele TEXT, eff_allele TEXT, varID TEXT);"
        'CREATE TABLE extra(gene TEXT, genename TEXT, "n.snps.in.model" INTEGER, "pred.perf.R2" REAL, "pred.perf.pval" REAL, "pred.perf.qval" REAL);'
        "INSERT INTO weights VALUES ('rs1','ENSG1',.5,'A','G','1_100_A_G_b37'); INSERT INTO extra VALUES ('ENSG1','GENA',1,.1,.01,.02)")
    yield "predixcan", "view", database("CREATE VIEW weights AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n) SELECT i AS rsid FROM n")
    yield "compressed", "gzip", gzip.compress(b"a\tb\nc\td\n")
    yield "compressed", "plain", b"\xef\xbb\xbfa\tb\r\nc\td"
    for per_node in (256, 1):
        for compressed in (False, True):
            name = f"{'compressed' if compressed else 'plain'}-{per_node}"
            yield "bigwig", name, bigwig(per_node, compressed)
            yield "recognise", f"bigwig-{name}", bigwig(per_node, compressed)
    data = b"diploscope:proof" + bytes(5) + PROOF.encode()
    chunk = lambda kind, data: struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    yield "figure-proof", "png", b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)) + chunk(b"iTXt", data) + chunk(b"IEND", b"")
    header = TEXTS["safetensors-header"]["good"].encode()
    yield "safetensors", "good", struct.pack("<Q", len(header)) + header + bytes(64)
    for file in sorted((HERE.parent / "weights/fixtures/state_dict").glob("*.pt")):
        data = file.read_bytes()
        yield "torch-file", file.stem, data
        if data[:2] == b"PK":
            import io
            import zipfile
            archive = zipfile.ZipFile(io.BytesIO(data))
            for name in archive.namelist():
                if name.endswith("data.pkl"):
                    yield "pickle", file.stem, archive.read(name)
    for target in ("vcf", "fasta", "annotation", "track", "expression", "association", "haplotype-counts", "sample-map", "covariates", "study"):
        for name, text in TEXTS[target].items():
            yield "recognise", f"{target}-{name}", text.encode()
    for target, files in FOUND.items():
        for name, data in files.items():
            yield target, f"found-{name}", data


def main(folder):
    for target, name, data in seeds():
        (folder / target).mkdir(parents=True, exist_ok=True)
        (folder / target / name).write_bytes(data)


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
