package importer_test

// stump is attributes of trees of one split each, with what their leaves add.
func stump(mode string, more ...any) at {
	return append(at{
		"nodes_treeids", []int{0, 0, 0, 1, 1, 1}, "nodes_nodeids", []int{0, 1, 2, 0, 1, 2}, "nodes_featureids", []int{0, 0, 0, 2, 0, 0},
		"nodes_modes", []string{mode, "LEAF", "LEAF", mode, "LEAF", "LEAF"}, "nodes_values", []float32{0.25, 0, 0, -1, 0, 0},
		"nodes_truenodeids", []int{1, 0, 0, 1, 0, 0}, "nodes_falsenodeids", []int{2, 0, 0, 2, 0, 0},
		"nodes_missing_value_tracks_true", []int{1, 0, 0, 0, 0, 0}, "nodes_hitrates", []float32{1, 1, 1, 1, 1, 1},
	}, more...)
}

// toClasses is what the leaves of stump add to classes.
func toClasses(prefix string, ids []int, weights []float32) at {
	return at{prefix + "_treeids", []int{0, 0, 1, 1}, prefix + "_nodeids", []int{1, 2, 1, 2}, prefix + "_ids", ids, prefix + "_weights", weights}
}

// pipeline is a case of one node of ai.onnx.ml.
func pipeline(name string, d int, op string, attributes at) operatorCase {
	return operatorCase{name, []int{d}, 13, func(g *onnxGraph) { g.ml(op, []string{"x"}, []string{"y"}, attributes...) }}
}

// classifier is a case of a node that gives a label and scores.
func classifier(name string, d int, op string, attributes at) operatorCase {
	return operatorCase{name, []int{d}, 13, func(g *onnxGraph) {
		g.ml(op, []string{"x"}, []string{"label", "y"}, attributes...)
		g.output("label", 7)
		g.output("y", 1)
	}}
}

func mlCases() []operatorCase {
	two, three := []int{0, 1}, []int{0, 1, 2}
	trees := func(mode, name string, labels []int, ids []int, weights []float32, more ...any) operatorCase {
		a := append(stump(mode, "classlabels_int64s", labels), toClasses("class", ids, weights)...)
		return classifier(name, 3, "TreeEnsembleClassifier", append(a, more...))
	}
	return []operatorCase{
		pipeline("scaler", 3, "Scaler", at{"offset", []float32{1, -2, 0.5}, "scale", []float32{2, 0.5, -1}}),
		pipeline("scaler_one", 3, "Scaler", at{"offset", []float32{1}, "scale", []float32{2}}),
		pipeline("normalizer_max", 4, "Normalizer", at{"norm", "MAX"}),
		pipeline("normalizer_l1", 4, "Normalizer", at{"norm", "L1"}),
		pipeline("normalizer_l2", 4, "Normalizer", at{"norm", "L2"}),
		pipeline("imputer", 4, "Imputer", at{"imputed_value_floats", []float32{7, 8, 9, 10}, "replaced_value_float", 0.5}),
		pipeline("label_encoder", 6, "LabelEncoder", at{"keys_floats", []float32{0.5, -1, 2}, "values_floats", []float32{10, 20, 30}, "default_float", -5.0}),
		{"one_hot_encoder", []int{3}, 13, func(g *onnxGraph) {
			g.node("Cast", []string{"x"}, "i", "to", 7)
			g.ml("OneHotEncoder", []string{"i"}, []string{"y"}, "cats_int64s", []int{-2, 0, 1}, "zeros", 1)
		}},
		{"feature_vectorizer", []int{3}, 13, func(g *onnxGraph) {
			g.node("Relu", []string{"x"}, "r")
			g.ml("FeatureVectorizer", []string{"x", "r"}, []string{"y"}, "inputdimensions", []int{3, 3})
		}},
		{"array_feature_extractor", []int{4}, 13, func(g *onnxGraph) {
			g.constant("i", []int{2, 0}, 2)
			g.ml("ArrayFeatureExtractor", []string{"x", "i"}, []string{"y"})
		}},
		pipeline("linear_regressor", 3, "LinearRegressor", at{"coefficients", some(6), "intercepts", some(2), "targets", 2}),
		classifier("linear_classifier_softmax", 3, "LinearClassifier", at{"coefficients", some(9), "intercepts", some(3), "classlabels_ints", three, "post_transform", "SOFTMAX"}),
		classifier("linear_classifier_logistic", 3, "LinearClassifier", at{"coefficients", some(9), "intercepts", some(3), "classlabels_ints", three, "post_transform", "LOGISTIC"}),
		classifier("linear_classifier_one", 3, "LinearClassifier", at{"coefficients", some(3), "intercepts", some(1), "classlabels_ints", two, "post_transform", "LOGISTIC"}),
		classifier("linear_classifier_one_softmax", 3, "LinearClassifier", at{"coefficients", some(3), "intercepts", some(1), "classlabels_ints", two, "post_transform", "SOFTMAX"}),
		classifier("svm_binary_softmax", 3, "SVMClassifier", at{"kernel_type", "LINEAR", "kernel_params", []float32{0, 0, 0}, "vectors_per_class", []int{2, 3}, "support_vectors", some(15), "coefficients", some(5), "rho", []float32{0.25}, "prob_a", []float32{-1.5}, "prob_b", []float32{0.25}, "post_transform", "SOFTMAX", "classlabels_ints", two}),
		classifier("linear_classifier_one_plain", 3, "LinearClassifier", at{"coefficients", some(3), "intercepts", some(1), "classlabels_ints", two}),
		trees("BRANCH_LEQ", "trees_leq", three, []int{0, 1, 2, 1}, some(4)),
		trees("BRANCH_LT", "trees_lt", three, []int{0, 1, 2, 1}, some(4), "post_transform", "SOFTMAX"),
		trees("BRANCH_GT", "trees_gt", three, []int{0, 1, 2, 1}, some(4), "base_values", some(3), "post_transform", "LOGISTIC"),
		trees("BRANCH_GTE", "trees_gte", three, []int{0, 1, 2, 1}, some(4)),
		trees("BRANCH_LEQ", "trees_binary", two, []int{0, 0, 0, 0}, some(4), "post_transform", "LOGISTIC"),
		trees("BRANCH_LEQ", "trees_binary_plain", two, []int{0, 0, 0, 0}, some(4)),
		trees("BRANCH_LEQ", "trees_binary_base", two, []int{0, 0, 0, 0}, some(4), "post_transform", "LOGISTIC", "base_values", []float32{0.5}),
		trees("BRANCH_LEQ", "trees_binary_positive", two, []int{0, 0, 0, 0}, []float32{0.25, 0.5, 0.125, 0}),
		trees("BRANCH_LEQ", "trees_binary_both", two, []int{0, 0, 1, 1}, some(4), "post_transform", "SOFTMAX"),
		trees("BRANCH_LEQ", "trees_binary_positive_logistic", two, []int{0, 0, 0, 0}, []float32{0.25, 0.5, 0.125, 0}, "post_transform", "LOGISTIC"),
		trees("BRANCH_LEQ", "trees_binary_softmax", two, []int{0, 0, 0, 0}, some(4), "post_transform", "SOFTMAX"),
		trees("BRANCH_LEQ", "trees_binary_base_positive", two, []int{0, 0, 0, 0}, []float32{0.25, 0.5, 0.125, 0}, "base_values", []float32{0.25}),
		trees("BRANCH_LEQ", "trees_second_class", two, []int{1, 1, 1, 1}, some(4), "post_transform", "LOGISTIC"),
		pipeline("trees_sum", 3, "TreeEnsembleRegressor", append(stump("BRANCH_LEQ", "n_targets", 2, "base_values", []float32{1, 2}), toClasses("target", []int{0, 0, 1, 1}, some(4))...)),
		pipeline("trees_mean", 3, "TreeEnsembleRegressor", append(stump("BRANCH_LT", "n_targets", 1, "aggregate_function", "AVERAGE", "base_values", []float32{0.5}), toClasses("target", []int{0, 0, 0, 0}, some(4))...)),
		pipeline("svm_regressor", 3, "SVMRegressor", at{"kernel_type", "RBF", "kernel_params", []float32{0.25, 0, 3}, "n_supports", 4, "support_vectors", some(12), "coefficients", some(4), "rho", []float32{0.5}}),
		pipeline("svm_regressor_poly", 3, "SVMRegressor", at{"kernel_type", "POLY", "kernel_params", []float32{0.25, 0.5, 3}, "n_supports", 4, "support_vectors", some(12), "coefficients", some(4), "rho", []float32{0.5}}),
		pipeline("svm_regressor_sigmoid", 3, "SVMRegressor", at{"kernel_type", "SIGMOID", "kernel_params", []float32{0.25, 0.5, 3}, "n_supports", 4, "support_vectors", some(12), "coefficients", some(4), "rho", []float32{0.5}}),
		pipeline("svm_regressor_linear", 3, "SVMRegressor", at{"kernel_type", "LINEAR", "kernel_params", []float32{0, 0, 0}, "n_supports", 0, "coefficients", some(3), "rho", []float32{0.5}}),
		pipeline("svm_one_class", 3, "SVMRegressor", at{"kernel_type", "RBF", "kernel_params", []float32{0.25, 0, 3}, "n_supports", 4, "one_class", 1, "support_vectors", some(12), "coefficients", some(4), "rho", []float32{0.5}}),
		classifier("svm_pairs", 3, "SVMClassifier", at{"kernel_type", "RBF", "kernel_params", []float32{0.25, 0, 3}, "vectors_per_class", []int{2, 1, 2}, "support_vectors", some(15), "coefficients", some(10), "rho", some(3), "classlabels_ints", three}),
		classifier("svm_probabilities", 3, "SVMClassifier", at{"kernel_type", "RBF", "kernel_params", []float32{0.25, 0, 3}, "vectors_per_class", []int{2, 1, 2}, "support_vectors", some(15), "coefficients", some(10), "rho", some(3), "prob_a", []float32{-1, -2, -0.5}, "prob_b", some(3), "classlabels_ints", three}),
		classifier("svm_binary", 3, "SVMClassifier", at{"kernel_type", "LINEAR", "kernel_params", []float32{0, 0, 0}, "vectors_per_class", []int{2, 3}, "support_vectors", some(15), "coefficients", some(5), "rho", []float32{0.25}, "classlabels_ints", two}),
		classifier("svm_binary_probabilities", 3, "SVMClassifier", at{"kernel_type", "POLY", "kernel_params", []float32{0.5, 1, 2}, "vectors_per_class", []int{2, 3}, "support_vectors", some(15), "coefficients", some(5), "rho", []float32{0.25}, "prob_a", []float32{-1.5}, "prob_b", []float32{0.25}, "classlabels_ints", two}),
		classifier("svm_linear", 3, "SVMClassifier", at{"kernel_type", "LINEAR", "kernel_params", []float32{0, 0, 0}, "coefficients", some(9), "rho", []float32{0.25}, "classlabels_ints", three, "post_transform", "SOFTMAX"}),
	}
}
