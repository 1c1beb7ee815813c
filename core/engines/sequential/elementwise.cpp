// SPDX-License-Identifier: GPL-3.0-or-later
#include "engines/sequential/elementwise.h"

#include "base/cpu_clones.h"

#include <cmath>
#include <numbers>

namespace diploscope {

namespace {

DS_CLONES void rectify(int64_t count, double* values) {
    for (int64_t i = 0; i < count; ++i)
        values[i] = values[i] > 0 ? values[i] : 0;
}

/// In double, and with PyTorch's own conventions (softplus is the identity above 20), so that both agree to
/// rounding.
void activate(ActivationKind kind, Eigen::Ref<Eigen::MatrixXd> x) {
    switch (kind) {
    case ActivationKind::Relu:
        for (Eigen::Index column = 0; column < x.cols(); ++column)
            rectify(x.rows(), x.col(column).data());
        break;
    case ActivationKind::Gelu:
        x = x.unaryExpr([](double v) { return 0.5 * v * (1 + std::erf(v / std::numbers::sqrt2)); });
        break;
    case ActivationKind::GeluSigmoid:
        x = x.unaryExpr([](double v) { return v / (1 + std::exp(-1.702 * v)); });
        break;
    case ActivationKind::Elu:
        x = x.unaryExpr([](double v) { return v > 0 ? v : std::expm1(v); });
        break;
    case ActivationKind::Softplus:
        x = x.unaryExpr([](double v) { return v > 20 ? v : std::log1p(std::exp(v)); });
        break;
    case ActivationKind::Sigmoid:
        x = x.unaryExpr([](double v) { return 1 / (1 + std::exp(-v)); });
        break;
    case ActivationKind::Tanh:
        x = x.unaryExpr([](double v) { return std::tanh(v); });
        break;
    case ActivationKind::Exp:
        x = x.unaryExpr([](double v) { return std::exp(v); });
        break;
    }
}

} // namespace

void applyElementwise(const std::vector<Elementwise>& chain, Eigen::Ref<Eigen::MatrixXd> columns) {
    for (const Elementwise& step : chain) {
        if (const auto* kind = std::get_if<ActivationKind>(&step)) {
            activate(*kind, columns);
        } else {
            const auto& affine = std::get<ChannelAffine>(step);
            columns.array().colwise() *= affine.scale.array();
            columns.colwise() += affine.shift;
        }
    }
}

Result<Eigen::VectorXd> vectorOf(const std::string& name, int64_t size, const WeightSource& weights) {
    DS_ASSIGN(const NamedTensor tensor, weights({name, {size}}));
    return Eigen::VectorXd(Eigen::Map<const Eigen::VectorXd>(tensor.values.data(), size));
}

Result<ChannelAffine> affineOf(const BatchNormLayer& norm, int64_t channels, const WeightSource& weights) {
    DS_ASSIGN(const Eigen::VectorXd weight, vectorOf(norm.name + ".weight", channels, weights));
    DS_ASSIGN(const Eigen::VectorXd bias, vectorOf(norm.name + ".bias", channels, weights));
    DS_ASSIGN(const Eigen::VectorXd mean, vectorOf(norm.name + ".running_mean", channels, weights));
    DS_ASSIGN(const Eigen::VectorXd variance, vectorOf(norm.name + ".running_var", channels, weights));
    ChannelAffine affine;
    affine.scale = weight.array() / (variance.array() + norm.eps).sqrt();
    affine.shift = bias.array() - mean.array() * affine.scale.array();
    return affine;
}

} // namespace diploscope
