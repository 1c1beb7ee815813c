// SPDX-License-Identifier: GPL-3.0-or-later
#include "engines/torch/plain_locus.h"

namespace diploscope {

PlainLocus::PlainLocus(std::shared_ptr<TorchNetwork> network, ReferenceWindow window,
                       const OutputChoice& output, int trackCount, int64_t batch)
    : m_network(std::move(network)), m_window(std::move(window)), m_output(output), m_batch(batch) {
    for (const int bin : output.bins)
        for (const int track : output.tracks)
            m_columns.push_back(bin * trackCount + track);
}

Result<Eigen::MatrixXd> PlainLocus::predict(std::span<const EditList> sequences, const RunContext& context) {
    Eigen::MatrixXd values(static_cast<int64_t>(sequences.size()), static_cast<int64_t>(m_columns.size()));
    std::vector<std::string> inputs;
    for (size_t begin = 0; begin < sequences.size(); begin += inputs.size()) {
        DS_TRY(context.checkpoint());
        inputs.clear();
        for (size_t i = begin; i < sequences.size() && i < begin + static_cast<size_t>(m_batch); ++i)
            inputs.push_back(modelInput(m_window, sequences[i]));
        DS_ASSIGN(const Eigen::MatrixXd outputs, m_network->forward(inputs, m_batch, context));
        values.middleRows(static_cast<int64_t>(begin), outputs.rows()) = outputs(Eigen::all, m_columns);
    }
    return values;
}

Result<Eigen::MatrixXd> PlainLocus::gradient(const RunContext& context) {
    DS_ASSIGN(const Eigen::MatrixXd asRead,
              m_network->gradient(modelInput(m_window, {}), m_columns, m_output, context));
    return onForwardStrand(asRead, m_window);
}

Eigen::MatrixXd onForwardStrand(const Eigen::MatrixXd& gradient, const ReferenceWindow& window) {
    // Complements stand opposite each other among A, C, G, T.
    return window.reversed ? Eigen::MatrixXd(gradient.reverse()) : gradient;
}

} // namespace diploscope
