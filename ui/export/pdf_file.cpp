// SPDX-License-Identifier: GPL-3.0-or-later
#include "export/pdf_file.h"

#include <QList>

#include <algorithm>
#include <map>
#include <vector>

namespace diploscope::ui {
namespace {

constexpr qsizetype entryLength = 20; ///< of a cross-reference: "0000000015 00000 n \n"

/// A stretch of the file and what comes in its place.
struct Edit {
    qsizetype at = 0, length = 0;
    QByteArray text;
};

QByteArray pdfNumber(double value) {
    QByteArray text = QByteArray::number(value, 'f', 3);
    while (text.contains('.') && (text.endsWith('0') || text.endsWith('.')))
        text.chop(1);
    return text == "-0" ? QByteArray("0") : text;
}

/// The cross-references: where each object begins.
struct References {
    qsizetype table = -1;             ///< of the word "xref"
    qsizetype first = 0;              ///< of the first entry
    std::vector<qsizetype> positions; ///< [objects]; 0: none
};

References referencesOf(const QByteArray& pdf) {
    References found;
    const qsizetype start = pdf.lastIndexOf("startxref\n");
    const qsizetype table =
        start < 0 ? -1 : pdf.mid(start + 10, 20).split('\n').first().trimmed().toLongLong();
    if (table <= 0 || !pdf.mid(table, 7).startsWith("xref\n0 "))
        return found;
    const qsizetype line = pdf.indexOf('\n', table + 7);
    const qsizetype count = line < 0 ? -1 : pdf.mid(table + 7, line - table - 7).trimmed().toLongLong();
    if (count <= 0 || line + 1 + count * entryLength > start)
        return found;
    for (qsizetype i = 0; i < count; ++i) {
        const QByteArray entry = pdf.mid(line + 1 + i * entryLength, entryLength);
        found.positions.push_back(entry.mid(17, 1) == "n" ? entry.left(10).toLongLong() : 0);
    }
    found.table = table;
    found.first = line + 1;
    return found;
}

/// The whole line of a date, wherever its object is; none where there is none.
void addDateEdit(const QByteArray& object, qsizetype at, const char* name, std::vector<Edit>& edits) {
    const qsizetype begin = object.indexOf(QByteArray("/") + name + " (");
    const qsizetype end = begin < 0 ? -1 : object.indexOf(")\n", begin);
    if (end > begin)
        edits.push_back({at + begin, end + 2 - begin, {}});
}

/// Qt 6.8 gives each file a number by chance, which none but encrypted ones need.
QByteArray withoutId(QByteArray trailer) {
    const qsizetype begin = trailer.indexOf("/ID [");
    const qsizetype end = begin < 0 ? -1 : trailer.indexOf("]\n", begin);
    return end < 0 ? trailer : trailer.remove(begin, end + 2 - begin);
}

} // namespace

Result<QByteArray> settledPdf(const QByteArray& pdf, const QSizeF& points) {
    const References references = referencesOf(pdf);
    std::vector<Edit> edits;
    bool hasPage = false;
    for (const qsizetype position : references.positions) {
        if (position <= 0)
            continue;
        // Dictionaries alone: what is within streams is nobody's.
        const qsizetype stream = pdf.indexOf("stream\n", position), close = pdf.indexOf("endobj", position);
        const qsizetype end = stream < 0 ? close : std::min(stream, close);
        const QByteArray object = pdf.mid(position, std::max<qsizetype>(end - position, 0));
        addDateEdit(object, position, "CreationDate", edits);
        addDateEdit(object, position, "ModDate", edits);
        const qsizetype box = object.contains("/Type /Page\n") ? object.indexOf("/MediaBox [") : -1;
        const qsizetype closing = box < 0 ? -1 : object.indexOf(']', box);
        if (closing < 0)
            continue;
        const QList<QByteArray> numbers = object.mid(box + 11, closing - box - 11).simplified().split(' ');
        if (numbers.size() != 4)
            continue;
        hasPage = true;
        const double top = numbers[3].toDouble(); // which things hang from
        edits.push_back({position + box, closing + 1 - box,
                         "/MediaBox [0 " + pdfNumber(top - points.height()) + ' ' +
                             pdfNumber(points.width()) + ' ' + pdfNumber(top) + ']'});
    }
    if (references.table < 0 || !hasPage)
        return fail(ErrorKind::Internal, "Qt wrote a PDF that cannot be read.");
    std::sort(edits.begin(), edits.end(), [](const Edit& a, const Edit& b) { return a.at < b.at; });

    const auto moved = [&edits](qsizetype position) {
        qsizetype to = position;
        for (const Edit& edit : edits)
            if (edit.at < position)
                to += edit.text.size() - edit.length;
        return to;
    };
    QByteArray settled;
    qsizetype from = 0;
    for (const Edit& edit : edits) {
        settled += pdf.mid(from, edit.at - from) + edit.text;
        from = edit.at + edit.length;
    }
    settled += pdf.mid(from, references.first - from);
    for (size_t i = 0; i < references.positions.size(); ++i) {
        QByteArray entry = pdf.mid(references.first + static_cast<qsizetype>(i) * entryLength, entryLength);
        if (references.positions[i] > 0)
            entry.replace(0, 10, QByteArray::number(moved(references.positions[i])).rightJustified(10, '0'));
        settled += entry;
    }
    const qsizetype trailer =
        references.first + static_cast<qsizetype>(references.positions.size()) * entryLength;
    const qsizetype start = pdf.lastIndexOf("startxref\n") + 10;
    settled += withoutId(pdf.mid(trailer, start - trailer)) + QByteArray::number(moved(references.table)) +
               pdf.mid(pdf.indexOf('\n', start));
    return settled;
}

QByteArray pdfMetadata(const QString& title, const QString& description, const QByteArray& element) {
    const auto alternative = [](const QString& text) {
        return QStringLiteral("<rdf:Alt><rdf:li xml:lang=\"x-default\">%1</rdf:li></rdf:Alt>")
            .arg(text.toHtmlEscaped())
            .toUtf8();
    };
    return "<?xpacket begin=\"\xef\xbb\xbf\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n<x:xmpmeta "
           "xmlns:x=\"adobe:ns:meta/\">"
           "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\"><rdf:Description "
           "rdf:about=\"\" "
           "xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:title>" +
           alternative(title) + "</dc:title><dc:description>" + alternative(description) +
           "</dc:description>" + element +
           "</rdf:Description></rdf:RDF></x:xmpmeta>\n<?xpacket end=\"w\"?>\n";
}

} // namespace diploscope::ui
