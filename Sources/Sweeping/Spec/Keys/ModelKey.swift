import Datasets
import LinearModels
import Results
import Tables

enum FeaturesKey: String, SpecKeyword {
  case polynomial, standardize

  static let place = "features"
  static let example: JSONValue = ["polynomial": 3]

  var declaration: KeyDeclaration {
    switch self {
    case .polynomial:
      KeyDeclaration(
        .number(.wholeFromOne), "All monomials of the columns up to this total degree.",
        default: 1, unit: "degree", examples: 3)
    case .standardize:
      KeyDeclaration(
        .words(Standardization.self),
        "By mean and standard deviation of each fold's training rows; its divisor is n "
          + "(population) or n - 1 (sample).", default: "population", examples: "none")
    }
  }
}

enum ModelKey: String, SpecKeyword {
  case loss, positive, intercept
  case lambdaScale = "lambda_scale"
  case classWeight = "class_weight"

  static let place = "model"
  static let example: JSONValue = ["loss": "squared"]

  var declaration: KeyDeclaration {
    switch self {
    case .loss:
      KeyDeclaration(.words(Loss.self), "Of one row.", default: "squared", examples: "logistic")
    case .positive:
      KeyDeclaration(
        .other(
          "a class of the target: a number, a text, true or false",
          ["type": ["number", "string", "boolean"]]),
        "Which class of the logistic loss is +1; without it the larger number, of texts the later.",
        examples: "yes", 1)
    case .intercept:
      KeyDeclaration(
        .flag, "Whether there is one; it is never penalised.", default: true, examples: false)
    case .lambdaScale:
      KeyDeclaration(
        .words(LambdaScale.self),
        "What lambda/2 times the squared weights is added to: the mean or the sum of the losses; "
          + "sum_unhalved is the sum of squares and lambda without its half.",
        default: "mean", examples: "sum")
    case .classWeight:
      KeyDeclaration(
        .other(
          "\"\(Self.balanced)\" or an object such as {\"yes\": 5}, each number above 0",
          [
            "anyOf": [
              ["const": .string(Self.balanced)],
              [
                "type": "object", "minProperties": 1,
                "additionalProperties": NumberRange.positive.schema,
              ],
            ]
          ]),
        "What the rows of a class count for in fits, beside their weights, and not where they are "
          + "measured: by its name, 1 where it has none; or so that all classes count the same. "
          + "Goes with the logistic loss.", examples: .string(Self.balanced), ["1": 5])
    }
  }

  static let balanced = "balanced"
}

enum TrainingKey: String, SpecKeyword {
  case epochs, tolerance, schedule

  static let place = "training"
  static let example: JSONValue = ["epochs": 100]

  var declaration: KeyDeclaration {
    switch self {
    case .epochs:
      KeyDeclaration(
        .number(.wholeFromOne), "Passes over the training rows, unless an axis says.",
        default: 100, unit: "epochs", examples: 1000)
    case .tolerance:
      KeyDeclaration(
        .number(.nonNegative),
        "Stop when the gradient of the objective has a norm of at most this.",
        default: 0, examples: 1e-6)
    case .schedule:
      KeyDeclaration(
        ScheduleKey.value, "How the learning rate falls, unless an axis says.",
        default: "constant", examples: "constant", ScheduleKey.example)
    }
  }
}

/// The keys of a learning rate that falls.
enum ScheduleKey: String, SpecKeyword {
  case inverseTime = "inverse_time"
  case inverseSqrt = "inverse_sqrt"

  static let place = "training.schedule"
  static let example: JSONValue = ["inverse_time": 0.1]
  static let constant = "constant"

  /// The word for none, or an object with one of the keys.
  static let value = KeyValue.other(
    "\"constant\", {\"inverse_time\": d} or {\"inverse_sqrt\": d}",
    ["$ref": "#/$defs/schedule"], keys: ScheduleKey.self)

  static var schema: JSONValue {
    [
      "anyOf": .array(
        [["const": .string(constant)]]
          + allCases.map { SpecSchema.object([$0], required: [$0]) })
    ]
  }

  var declaration: KeyDeclaration {
    switch self {
    case .inverseTime:
      KeyDeclaration(
        .number(.nonNegative),
        "The rate of epoch t, from 0, is \(Axis.learningRate.rawValue)/(1 + d·t).",
        unit: "per epoch",
        examples: 0.1)
    case .inverseSqrt:
      KeyDeclaration(
        .number(.nonNegative),
        "The rate of epoch t, from 0, is \(Axis.learningRate.rawValue)/√(1 + d·t).",
        unit: "per epoch", examples: 0.1)
    }
  }
}
