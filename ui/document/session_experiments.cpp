// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/session_experiments.h"

#include "genome/variant_name.h"

#include <fmt/format.h>

#include <optional>
#include <utility>

namespace diploscope::ui {

using nlohmann::json;
using nlohmann::ordered_json;

namespace {

const std::vector<std::string> Kinds{"what-if", "ablation", "saturation", "audit"};
const std::vector<std::string> Ablated{"drivers", "unsupported", "chosen"};
const std::vector<std::string> Saturated{"tss", "variant", "region"};
const std::vector<std::string> Logos{"raw", "centred"};
constexpr int64_t LongestReach = 5000;

/// As toName() writes it, if not always trimmed. Equal alleles set the place back to the reference.
std::optional<Variant> variantNamed(const std::string& text) {
    const std::optional<VariantName> name = parseVariantName(text);
    if (!name)
        return std::nullopt;
    Variant written{name->contig, name->position, name->ref, name->alt};
    if (toName(written) != text)
        return std::nullopt;
    return name->ref == name->alt ? std::move(written)
                                  : trimmedVariant(name->contig, name->position, name->ref, name->alt);
}

template <class Variants>
ordered_json namesOf(const Variants& variants) {
    ordered_json names = ordered_json::array();
    for (const Variant& variant : variants)
        names.push_back(toName(variant));
    return names;
}

Failure noSuch(const JsonFields& fields, const std::string& key, const char* what, const char* remedy) {
    return fail(ErrorKind::BadInput, fmt::format("{} names no {}.", shortJson(fields.at(key)), what),
                fields.pathOf(key), remedy);
}

ordered_json saturationJson(const SaturationWish& wish) {
    ordered_json content{{"where", Saturated[static_cast<size_t>(wish.where)]}};
    if (wish.where == SaturationWish::Where::Region)
        content["region"] = {wish.region.contig, wish.region.start + 1, wish.region.end};
    else
        content["reach"] = wish.reach;
    if (wish.variant)
        content["variant"] = toName(*wish.variant);
    content["on"] = wish.on;
    content["coherence"] = wish.coherence;
    return content;
}

Result<WhatIfRequest> readWhatIf(const JsonFields& fields) {
    WhatIfRequest request;
    DS_ASSIGN(request.changes, sessionVariants(fields, "edits"));
    DS_ASSIGN(request.on, fields.text("on", "reference"));
    return request;
}

Result<AblationWish> readAblation(const JsonFields& fields) {
    AblationWish wish;
    DS_ASSIGN(const size_t of, fields.choice("of", Ablated));
    wish.of = static_cast<AblationWish::Of>(of);
    DS_ASSIGN(const std::vector<Variant> chosen, sessionVariants(fields, "variants"));
    wish.chosen = {chosen.begin(), chosen.end()};
    DS_ASSIGN(wish.keepOnly, fields.boolean("keep_only", false));
    return wish;
}

Result<Region> readStretch(const JsonFields& fields) {
    const json& parts = fields.at("region");
    if (parts.is_array() && parts.size() == 3 && parts[0].is_string() && parts[1].is_number_integer() &&
        parts[2].is_number_integer()) {
        const Region region{parts[0].get<std::string>(), parts[1].get<int64_t>() - 1,
                            parts[2].get<int64_t>()};
        if (!region.contig.empty() && region.start >= 0 && region.start < region.end &&
            region.end <= LargestPlace)
            return region;
    }
    return noSuch(fields, "region", "stretch", "Write it as [\"22\", 19929000, 19929040].");
}

Result<SaturationWish> readSaturation(const JsonFields& fields) {
    SaturationWish wish;
    DS_ASSIGN(const size_t where, fields.choice("where", Saturated));
    wish.where = static_cast<SaturationWish::Where>(where);
    DS_ASSIGN(wish.reach, fields.integer("reach", 0, LongestReach, wish.reach));
    DS_ASSIGN(wish.variant, sessionVariant(fields, "variant"));
    if (fields.has("region")) {
        DS_ASSIGN(wish.region, readStretch(fields));
    }
    const bool isWhole = wish.where == SaturationWish::Where::Tss ||
                         fields.has(wish.where == SaturationWish::Where::Region ? "region" : "variant");
    if (!isWhole)
        return fail(ErrorKind::BadInput, "What is to be saturated is not said.", fields.pathOf("where"),
                    "Give `variant` or `region`.");
    DS_ASSIGN(wish.on, fields.text("on", "reference"));
    DS_ASSIGN(wish.coherence, fields.boolean("coherence", false));
    return wish;
}

/// An object of known keys within another one, read; nothing where it is missing.
template <class T>
Result<std::optional<T>> part(const JsonFields& fields, const std::string& key, std::vector<std::string> keys,
                              Result<T> (*read)(const JsonFields&)) {
    if (!fields.has(key))
        return std::optional<T>();
    DS_ASSIGN(const JsonFields own, JsonFields::open(fields.at(key), fields.pathOf(key), std::move(keys)));
    DS_ASSIGN(T value, read(own));
    return std::optional<T>(std::move(value));
}

} // namespace

Result<std::optional<Variant>> sessionVariant(const JsonFields& fields, const std::string& key) {
    if (!fields.has(key))
        return std::optional<Variant>();
    DS_ASSIGN(const std::string name, fields.text(key));
    std::optional<Variant> variant = variantNamed(name);
    if (!variant)
        return noSuch(fields, key, "variant", "Write it as \"22:120:A:G\".");
    return variant;
}

Result<std::vector<std::string>> sessionNames(const JsonFields& fields, const std::string& key) {
    std::vector<std::string> found;
    if (!fields.has(key))
        return found;
    const json& list = fields.at(key);
    if (!list.is_array())
        return fail(ErrorKind::BadInput, fmt::format("Expected a list, found {}.", shortJson(list)),
                    fields.pathOf(key));
    for (const json& item : list) {
        if (!item.is_string() || item.get_ref<const std::string&>().empty())
            return fail(ErrorKind::BadInput, fmt::format("Expected a name, found {}.", shortJson(item)),
                        fields.pathOf(key));
        found.push_back(item.get<std::string>());
    }
    return found;
}

Result<std::vector<Variant>> sessionVariants(const JsonFields& fields, const std::string& key) {
    DS_ASSIGN(const std::vector<std::string> names, sessionNames(fields, key));
    std::vector<Variant> variants;
    for (const std::string& name : names) {
        std::optional<Variant> variant = variantNamed(name);
        if (!variant)
            return fail(ErrorKind::BadInput, fmt::format("{} names no variant.", shortJson(json(name))),
                        fields.pathOf(key), "Write it as contig:position:REF:ALT, \"22:120:A:G\".");
        variants.push_back(std::move(*variant));
    }
    return variants;
}

ordered_json sessionJson(const ExperimentRequests& requests) {
    ordered_json content{{"shown", Kinds[static_cast<size_t>(requests.shown)]}};
    content["what_if"] = {{"edits", namesOf(requests.whatIf.changes)}, {"on", requests.whatIf.on}};
    if (const auto& wish = requests.ablation)
        content["ablation"] = {{"of", Ablated[static_cast<size_t>(wish->of)]},
                               {"variants", namesOf(wish->chosen)},
                               {"keep_only", wish->keepOnly}};
    if (requests.saturation)
        content["saturation"] = saturationJson(*requests.saturation);
    content["logo"] = Logos[requests.centred ? 1 : 0];
    content["audit"] = requests.audit;
    return content;
}

Result<ExperimentRequests> sessionExperiments(const JsonFields& fields, const std::string& key) {
    ExperimentRequests requests;
    if (!fields.has(key))
        return requests;
    DS_ASSIGN(const JsonFields own,
              JsonFields::open(fields.at(key), fields.pathOf(key),
                               {"shown", "what_if", "ablation", "saturation", "logo", "audit"}));
    DS_ASSIGN(const size_t shown, own.choice("shown", Kinds, 0));
    requests.shown = static_cast<ExperimentKind>(shown);
    DS_ASSIGN(std::optional<WhatIfRequest> whatIf, part(own, "what_if", {"edits", "on"}, readWhatIf));
    requests.whatIf = std::move(whatIf).value_or(WhatIfRequest{});
    DS_ASSIGN(requests.ablation, part(own, "ablation", {"of", "variants", "keep_only"}, readAblation));
    DS_ASSIGN(
        requests.saturation,
        part(own, "saturation", {"where", "reach", "variant", "region", "on", "coherence"}, readSaturation));
    DS_ASSIGN(const size_t logo, own.choice("logo", Logos, 0));
    requests.centred = logo == 1;
    DS_ASSIGN(requests.audit, own.boolean("audit", false));
    return requests;
}

} // namespace diploscope::ui
