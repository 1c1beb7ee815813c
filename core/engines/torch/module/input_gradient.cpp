// SPDX-License-Identifier: GPL-3.0-or-later
#include "engines/torch/module/input_gradient.h"

#include <torch/torch.h>

namespace diploscope {

Result<Eigen::MatrixXd>
inputGradient(const torch::Tensor& input_NCL, const std::vector<int>& columns, const OutputChoice& output,
              const std::function<Result<torch::Tensor>(const torch::Tensor&)>& forward) {
    const torch::AutoGradMode gradients(true);
    const torch::Tensor leaf = input_NCL.detach().requires_grad_();
    DS_ASSIGN(const torch::Tensor outputs_1K, forward(leaf));
    const torch::Tensor index =
        torch::tensor(std::vector<int64_t>(columns.begin(), columns.end()), torch::kInt64)
            .to(outputs_1K.device());
    const torch::Tensor chosen_K = outputs_1K.squeeze(0).index_select(0, index);
    if (!chosen_K.requires_grad())
        return fail(ErrorKind::Unsupported, "The model's answer does not depend on its input in a way that "
                                            "LibTorch can differentiate.");
    const torch::Tensor values_K = chosen_K.detach().to(torch::kCPU, torch::kFloat64).contiguous();
    const Eigen::RowVectorXd byValue = output.scoreGradient(
        Eigen::Map<const Eigen::RowVectorXd>(values_K.data_ptr<double>(), values_K.numel()));
    const torch::Tensor upstream_K =
        torch::from_blob(const_cast<double*>(byValue.data()), values_K.sizes(), torch::kFloat64)
            .to(chosen_K.options());
    const torch::Tensor gradient_CL = torch::autograd::grad({chosen_K}, {leaf}, {upstream_K})
                                          .front()
                                          .squeeze(0)
                                          .to(torch::kCPU, torch::kFloat64)
                                          .contiguous();
    return Eigen::MatrixXd(
        Eigen::Map<const Eigen::MatrixXd>(gradient_CL.data_ptr<double>(), gradient_CL.size(1), 4));
}

} // namespace diploscope
