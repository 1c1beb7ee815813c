// SPDX-License-Identifier: GPL-3.0-or-later
#include "engines/torch/module/packed_dense.h"

#include <omp.h>

#include <algorithm>
#include <array>
#include <memory>
#include <new>

namespace diploscope {

namespace {

using dnnl::memory;

const dnnl::engine& processor() {
    static const dnnl::engine engine(dnnl::engine::kind::cpu, 0);
    return engine;
}

dnnl::stream& threadStream() {
    thread_local dnnl::stream stream(processor());
    return stream;
}

/// oneDNN divides a primitive's work between the threads there are when it is made. Ours run on one thread
/// each, many at a time.
class OneOmpThread {
public:
    OneOmpThread() : m_before(omp_get_max_threads()) { omp_set_num_threads(1); }
    ~OneOmpThread() { omp_set_num_threads(m_before); }
    OneOmpThread(const OneOmpThread&) = delete;
    OneOmpThread& operator=(const OneOmpThread&) = delete;

private:
    int m_before;
};

constexpr int kScratchSlots = 8;
constexpr std::align_val_t kAlignment{64};
struct AlignedFree {
    void operator()(float* numbers) const { ::operator delete[](numbers, kAlignment); }
};
struct Scratch {
    std::unique_ptr<float[], AlignedFree> numbers;
    int64_t count = 0;
};

memory::desc describe(const memory::dims& sizes, memory::format_tag tag) {
    return {sizes, memory::data_type::f32, tag};
}

} // namespace

float* threadScratch(int slot, int64_t floats) {
    thread_local std::array<Scratch, kScratchSlots> all;
    Scratch& scratch = all[static_cast<size_t>(slot)];
    if (scratch.count < floats) {
        scratch.numbers.reset();
        scratch.count = 0;
        scratch.numbers.reset(
            static_cast<float*>(::operator new[](static_cast<size_t>(floats) * sizeof(float), kAlignment)));
        std::fill_n(scratch.numbers.get(), floats, 0.0F);
        scratch.count = floats;
    }
    return scratch.numbers.get();
}

PackedDense::PackedDense(const DenseWeights& weights, Then then, int64_t tileRows)
    : m_in(weights.in), m_out(weights.out), m_width(weights.width), m_rows(tileRows), m_then(then) {
    using tag = memory::format_tag;
    const OneOmpThread alone;
    dnnl::primitive_attr attributes;
    attributes.set_scratchpad_mode(dnnl::scratchpad_mode::user);
    dnnl::post_ops after;
    if (then == Then::Add)
        after.append_sum(1.0F);
    if (then == Then::Relu)
#if DNNL_VERSION_MAJOR >= 3
        after.append_eltwise(dnnl::algorithm::eltwise_relu, 0.0F, 0.0F);
#else
        after.append_eltwise(1.0F, dnnl::algorithm::eltwise_relu, 0.0F, 0.0F);
#endif
    attributes.set_post_ops(after);
    const memory::desc source = describe({1, m_in, m_rows + m_width - 1}, tag::nwc);
    const memory::desc kernel = describe({m_out, m_in, m_width}, tag::any);
    const memory::desc bias = describe({m_out}, tag::a);
    const memory::desc target = describe({1, m_out, m_rows}, tag::nwc);
#if DNNL_VERSION_MAJOR >= 3
    m_description = {processor(),
                     dnnl::prop_kind::forward_inference,
                     dnnl::algorithm::convolution_direct,
                     source,
                     kernel,
                     bias,
                     target,
                     {1},
                     {0},
                     {0},
                     attributes};
#else
    m_description = {{dnnl::prop_kind::forward_inference, dnnl::algorithm::convolution_direct, source, kernel,
                      bias, target, memory::dims{1}, memory::dims{0}, memory::dims{0}},
                     attributes,
                     processor()};
#endif
    m_convolution = dnnl::convolution_forward(m_description);

    std::vector<float> plain(weights.values.begin(), weights.values.end());
    memory unpacked(describe({m_out, m_in, m_width}, tag::oiw), processor(), plain.data());
    m_weights = memory(m_description.weights_desc(), processor());
    dnnl::reorder(unpacked, m_weights).execute(threadStream(), unpacked, m_weights);
    threadStream().wait();
    m_bias = memory(bias, processor());
    std::copy(weights.bias.begin(), weights.bias.end(), static_cast<float*>(m_bias.get_data_handle()));
}

void PackedDense::applyTile(const float* input, float* output) const {
    constexpr int scratchSlot = kScratchSlots - 1;
    const auto pad = static_cast<int64_t>(m_description.scratchpad_desc().get_size() / sizeof(float)) + 1;
    const dnnl::engine& engine = processor();
    m_convolution.execute(
        threadStream(), {{DNNL_ARG_SRC, memory(m_description.src_desc(), engine, const_cast<float*>(input))},
                         {DNNL_ARG_WEIGHTS, m_weights},
                         {DNNL_ARG_BIAS, m_bias},
                         {DNNL_ARG_DST, memory(m_description.dst_desc(), engine, output)},
                         {DNNL_ARG_SCRATCHPAD,
                          memory(m_description.scratchpad_desc(), engine, threadScratch(scratchSlot, pad))}});
    threadStream().wait();
}

void PackedDense::apply(const float* input, float* output, int64_t rows) const {
    if (rows == m_rows)
        return applyTile(input, output);
    float* fullInput = threadScratch(kScratchSlots - 2, (m_rows + m_width - 1) * m_in);
    float* fullOutput = threadScratch(kScratchSlots - 3, m_rows * m_out);
    std::copy_n(input, (rows + m_width - 1) * m_in, fullInput);
    if (m_then == Then::Add)
        std::copy_n(output, rows * m_out, fullOutput);
    applyTile(fullInput, fullOutput);
    std::copy_n(fullOutput, rows * m_out, output);
}

void multiply(int64_t m, int64_t n, int64_t k, const float* a, int64_t strideA, const float* b,
              int64_t strideB, bool transposeB, float* c, int64_t strideC) {
    // Outside a parallel loop, as of one sequence alone, it would be divided otherwise, with other last
    // digits.
    const OneOmpThread alone;
    const dnnl_status_t status =
        dnnl_sgemm('N', transposeB ? 'T' : 'N', m, n, k, 1.0F, a, strideA, b, strideB, 0.0F, c, strideC);
    if (status != dnnl_success)
        throw dnnl::error(status, "could not multiply matrices");
}

} // namespace diploscope
