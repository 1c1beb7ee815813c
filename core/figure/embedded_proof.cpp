// SPDX-License-Identifier: GPL-3.0-or-later
#include "figure/embedded_proof.h"

#include <fmt/format.h>
#include <zlib.h>

#include <array>
#include <cstdint>
#include <utility>

namespace diploscope {

namespace {

constexpr std::string_view Name = "diploscope:proof";
constexpr std::string_view ReportName = "diploscope:report";
constexpr std::string_view Namespace = "urn:diploscope:figure:";
constexpr std::string_view PngSignature = "\x89PNG\r\n\x1a\n";
constexpr std::array<std::pair<std::string_view, char>, 4> Entities{
    {{"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}}};

std::string bigEndian(uint32_t number) {
    std::string bytes;
    for (int shift = 24; shift >= 0; shift -= 8)
        bytes += static_cast<char>((number >> shift) & 0xff);
    return bytes;
}

uint32_t numberAt(std::string_view bytes, size_t at) {
    uint32_t number = 0;
    for (size_t i = 0; i < 4; ++i)
        number = (number << 8) | static_cast<unsigned char>(bytes[at + i]);
    return number;
}

/// Length, type, data and checksum.
std::string chunkOf(std::string_view type, std::string_view data) {
    const std::string counted = std::string(type).append(data);
    const uLong sum =
        crc32(0, reinterpret_cast<const Bytef*>(counted.data()), static_cast<uInt>(counted.size()));
    return bigEndian(static_cast<uint32_t>(data.size())) + counted + bigEndian(static_cast<uint32_t>(sum));
}

/// Behind keyword, compression, language and translated keyword.
std::string_view textOfChunk(std::string_view data) {
    const size_t keyword = data.find('\0');
    if (keyword == std::string_view::npos || data.substr(0, keyword) != Name || data.size() < keyword + 3 ||
        data[keyword + 1] != '\0')
        return {};
    const size_t language = data.find('\0', keyword + 3);
    const size_t translated = language == std::string_view::npos ? language : data.find('\0', language + 1);
    return translated == std::string_view::npos ? std::string_view() : data.substr(translated + 1);
}

std::string elementOf(std::string_view name, std::string_view text) {
    return fmt::format("<{0} xmlns:diploscope=\"{1}\">{2}</{0}>", name, Namespace, xmlEscaped(text));
}

Failure noProof() {
    return fail(ErrorKind::NotFound, "The file does not say how it was made.", {},
                "Give a figure (SVG, PDF, PNG) that this program wrote and nobody has saved anew.");
}

Result<std::string> proofInPng(std::string_view file) {
    constexpr size_t frame = 12; // length, type, checksum
    for (size_t at = PngSignature.size(); at + frame <= file.size();) {
        const size_t length = numberAt(file, at);
        if (length > file.size() - at - frame)
            break;
        if (file.substr(at + 4, 4) == "iTXt")
            if (const std::string_view text = textOfChunk(file.substr(at + 8, length)); !text.empty())
                return std::string(text);
        at += frame + length;
    }
    return noProof();
}

std::string unescaped(std::string_view text) {
    std::string plain;
    for (size_t i = 0; i < text.size(); ++i) {
        bool replaced = false;
        if (text[i] == '&')
            for (const auto& [entity, letter] : Entities)
                if (!replaced && text.substr(i).starts_with(entity)) {
                    plain += letter;
                    i += entity.size() - 1;
                    replaced = true;
                }
        if (!replaced)
            plain += text[i];
    }
    return plain;
}

Result<std::string> textOfElement(std::string_view name, std::string_view file) {
    const size_t opening = file.find(fmt::format("<{}", name));
    if (opening == std::string_view::npos)
        return noProof();
    const size_t begin = file.find('>', opening);
    const size_t end = begin == std::string_view::npos ? begin : file.find(fmt::format("</{}>", name), begin);
    if (end == std::string_view::npos)
        return fail(ErrorKind::BadInput, "What the file says of how it was made is cut off.");
    return unescaped(file.substr(begin + 1, end - begin - 1));
}

} // namespace

std::string xmlEscaped(std::string_view text) {
    std::string escaped;
    for (const char letter : text) {
        bool replaced = false;
        for (const auto& [entity, plain] : Entities)
            if (letter == plain) {
                escaped += entity;
                replaced = true;
            }
        if (!replaced)
            escaped += letter;
    }
    return escaped;
}

std::string proofElement(std::string_view text) {
    return elementOf(Name, text);
}

std::string reportElement(std::string_view text) {
    return elementOf(ReportName, text);
}

Result<std::string> withProofChunk(std::string_view png, std::string_view text) {
    constexpr size_t head = 25; // length, type, 13 bytes, checksum
    if (!png.starts_with(PngSignature) || png.size() < PngSignature.size() + head)
        return fail(ErrorKind::Internal, "The picture is no PNG.");
    std::string data(Name);
    data.append("\0\0\0\0\0", 5); // end of the keyword, not compressed, no language, no translation
    data.append(text);
    std::string marked(png.substr(0, PngSignature.size() + head));
    marked += chunkOf("iTXt", data);
    marked += png.substr(PngSignature.size() + head);
    return marked;
}

Result<std::string> embeddedProof(std::string_view file) {
    if (file.starts_with(PngSignature))
        return proofInPng(file);
    return textOfElement(Name, file);
}

Result<std::string> embeddedReport(std::string_view file) {
    return textOfElement(ReportName, file);
}

} // namespace diploscope
