// SPDX-License-Identifier: GPL-3.0-or-later
#include "engines/sequential/spatial_stack.h"

#include <algorithm>

namespace diploscope {

namespace {

int64_t floorDivide(int64_t a, int64_t b) {
    return a >= 0 ? a / b : -((-a + b - 1) / b);
}
int64_t ceilDivide(int64_t a, int64_t b) {
    return -floorDivide(-a, b);
}

Result<SpatialOp> packConv(const Conv1dLayer& conv, const Layer& layer, bool first,
                           const WeightSource& weights) {
    SpatialOp op;
    op.kind = first ? SpatialOp::Kind::Bases : SpatialOp::Kind::Conv;
    op.in = layer.in;
    op.out = layer.out;
    op.width = conv.width;
    op.padLeft = conv.padLeft;
    op.stride = conv.stride;
    op.dilation = conv.dilation;
    const int64_t in = layer.in.channels;
    DS_ASSIGN(const NamedTensor tensor, weights({conv.name + ".weight", {conv.out, in, conv.width}}));
    if (conv.bias) {
        DS_ASSIGN(op.bias, vectorOf(conv.name + ".bias", conv.out, weights));
    }
    if (first) {
        op.bases = std::make_shared<const BaseConvolution>(tensor.values, op.bias, conv.out, conv.width,
                                                           conv.dilation);
        return op;
    }
    op.weights.resize(conv.out, conv.width * in);
    const double* value = tensor.values.data();
    for (int64_t o = 0; o < conv.out; ++o)
        for (int64_t c = 0; c < in; ++c)
            for (int64_t k = 0; k < conv.width; ++k)
                op.weights(o, k * in + c) = *value++;
    return op;
}

SpatialOp packPool(const PoolLayer& pool, const Layer& layer) {
    SpatialOp op;
    op.kind = pool.kind == PoolKind::Max ? SpatialOp::Kind::MaxPool : SpatialOp::Kind::AveragePool;
    op.in = layer.in;
    op.out = {layer.in.channels, layer.out.positions, false};
    op.width = pool.global ? layer.in.positions : pool.size;
    op.stride = pool.global ? layer.in.positions : pool.stride;
    return op;
}

/// Lets the step before take in an elementwise one where it recomputes whole columns anyway.
void addElementwise(Elementwise step, const LayerShape& shape, std::vector<SpatialOp>& ops) {
    if (ops.back().kind == SpatialOp::Kind::AveragePool) {
        SpatialOp op;
        op.kind = SpatialOp::Kind::Pointwise;
        op.in = op.out = shape;
        ops.push_back(std::move(op));
    }
    ops.back().post.push_back(std::move(step));
}

} // namespace

Span SpatialOp::influence(Span changed) const {
    if (changed.empty())
        return {};
    const int64_t reach = dilation * (width - 1);
    const Span touched{std::max<int64_t>(0, ceilDivide(changed.begin + padLeft - reach, stride)),
                       std::min(out.positions, floorDivide(changed.end - 1 + padLeft, stride) + 1)};
    return touched.empty() ? Span{} : touched;
}

Result<SpatialStack> SpatialStack::build(const NetworkSpec& network, const WeightSource& weights) {
    SpatialStack stack;
    const LayerShape input{4, network.inputLength, false};
    const auto needInput = [&] {
        if (stack.ops.empty()) {
            SpatialOp op;
            op.in = op.out = input;
            stack.ops.push_back(std::move(op));
        }
    };
    for (const Layer& layer : network.layers) {
        if (layer.in.flat || std::holds_alternative<FlattenLayer>(layer.kind))
            break;
        ++stack.headLayer;
        if (const auto* conv = std::get_if<Conv1dLayer>(&layer.kind)) {
            DS_ASSIGN(SpatialOp op, packConv(*conv, layer, stack.ops.empty(), weights));
            stack.ops.push_back(std::move(op));
        } else if (const auto* pool = std::get_if<PoolLayer>(&layer.kind)) {
            needInput();
            stack.ops.push_back(packPool(*pool, layer));
        } else if (const auto* activation = std::get_if<ActivationLayer>(&layer.kind)) {
            needInput();
            addElementwise(activation->kind, layer.out, stack.ops);
        } else if (const auto* norm = std::get_if<BatchNormLayer>(&layer.kind)) {
            needInput();
            DS_ASSIGN(ChannelAffine affine, affineOf(*norm, layer.in.channels, weights));
            addElementwise(std::move(affine), layer.out, stack.ops);
        }
    }
    needInput();
    return stack;
}

size_t SpatialStack::nonlinearDepth() const {
    size_t depth = ops.size();
    while (depth > 1 && ops[depth - 1].kind == SpatialOp::Kind::AveragePool)
        --depth;
    return depth;
}

Span SpatialStack::influence(Span changed) const {
    for (size_t i = 0; i < nonlinearDepth(); ++i)
        changed = ops[i].influence(changed);
    return changed;
}

int64_t SpatialStack::operations(Span changed) const {
    int64_t sum = 0;
    for (const SpatialOp& op : ops) {
        changed = op.influence(changed);
        if (op.kind == SpatialOp::Kind::Conv)
            sum += changed.length() * op.weights.size();
    }
    return sum;
}

} // namespace diploscope
