// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engines/program/program_messages.h"
#include "fuzz/fuzz_folder.h"
#include "model/model_manifest.h"
#include "scoring/score_case.h"
#include "weights/pickle.h"
#include "weights/safetensors.h"
#include "weights/state_dict.h"
#include "weights/torch_file.h"

/// Models: manifests, weights, score cases.
namespace diploscope::fuzz {

inline void readTensors(const WeightsFile& file) {
    for (const TensorInfo& tensor : file.tensors())
        if (tensor.byteCount < (1 << 20))
            (void)file.readBytes(tensor);
}

inline void pickle(std::string_view bytes) {
    (void)unpickle(bytes);
    (void)readStateDict(bytes);
}
inline void torchFile(std::string_view bytes) {
    if (const auto file = TorchFile::open(fileOf("w.pt", bytes)))
        readTensors(*file);
}
inline void safetensors(std::string_view bytes) {
    if (const auto file = SafetensorsFile::open(fileOf("w.safetensors", bytes)))
        readTensors(*file);
}
/// The JSON of a safetensors header, which a fuzzer cannot give a length.
inline void safetensorsHeader(std::string_view bytes) {
    const auto length = static_cast<uint64_t>(bytes.size());
    std::string file(reinterpret_cast<const char*>(&length), 8);
    safetensors(file + std::string(bytes) + std::string(64, '\0'));
}
inline void manifest(std::string_view bytes) {
    (void)readModelManifest(fileOf("model/model.json", bytes).parent_path());
}
inline void config(std::string_view bytes) {
    (void)readModelManifest(fileOf("huggingface/config.json", bytes).parent_path());
}
inline void scoreCase(std::string_view bytes) {
    static const ModelInfo model = [] {
        ModelInfo info;
        info.binCount = 4;
        info.trackCount = 8;
        return info;
    }();
    (void)readScoreCase(fileOf("case.json", bytes), "ACGTACGTACGTACGT", model);
}
/// What a program says, line by line: its hello, and the heads of answers.
inline void programLine(std::string_view bytes) {
    if (const auto hello = parseHello(bytes))
        (void)checkHello(*hello, {});
    (void)parseReplyHead(bytes);
    for (const ReplyType type : {ReplyType::Float32, ReplyType::Float64})
        (void)numbersOf(bytes, type);
}
inline void sequence(std::string_view bytes) {
    (void)readSequenceFile(fileOf("sequence.fa", bytes));
}

} // namespace diploscope::fuzz
