// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <nlohmann/json.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace diploscope {

/// Of files that say a newer one the program knows too little.
inline constexpr int ProofFormat = 1;

/// What a figure's file tells of itself: its specification, and what it was made of. Making it again needs
/// nothing else, and says whether it is still the same. Without time stamps, so that equal figures are equal
/// files.
struct FigureProof {
    using Lines = std::vector<std::pair<std::string, std::string>>;

    struct Input {
        std::string what;   ///< "genotypes", as a study file calls it
        std::string file;   ///< its name, without a folder
        std::string digest; ///< of its bytes (XXH3, 128 bits)
        friend bool operator==(const Input&, const Input&) = default;
    };
    struct UsedStudy {
        std::string name, build;
        std::vector<Input> inputs; ///< those that decide what is drawn
        friend bool operator==(const UsedStudy&, const UsedStudy&) = default;
    };
    struct UsedModel {
        std::string name, checksum;
        friend bool operator==(const UsedModel&, const UsedModel&) = default;
    };
    struct Panel {
        std::string letter; ///< may be empty
        std::string figure;
        Lines made; ///< as reports and tables tell how they were made
        friend bool operator==(const Panel&, const Panel&) = default;
    };

    std::string program;            ///< "diploscope 0.1.0"
    Lines drawnWith;                ///< what else decides bytes: "qt", "font"
    std::string command;            ///< that makes it again
    std::vector<UsedStudy> studies; ///< in the order in which panels first use them
    std::vector<UsedModel> models;
    std::vector<Panel> panels;
    nlohmann::json figure; ///< figureJson(): kept as it was written, wherever its files lie now

    friend bool operator==(const FigureProof&, const FigureProof&) = default;
};

/// One line of JSON.
[[nodiscard]] std::string proofText(const FigureProof& proof);
/// \param text of anybody's file \error BadInput with the key; Unsupported: of a newer format
[[nodiscard]] Result<FigureProof> parseProof(std::string_view text);

/// In what two differ, in words, what is likeliest to be the cause first; empty where in nothing: then a
/// picture that is not the same has another reason.
[[nodiscard]] std::vector<std::string> proofDifferences(const FigureProof& stored, const FigureProof& now);

} // namespace diploscope
