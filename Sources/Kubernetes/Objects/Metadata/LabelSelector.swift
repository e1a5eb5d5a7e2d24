/// Which labels an object must have; an empty selector takes every object.
package struct LabelSelector: Message, EmptyInitializable {
    package var matchLabels = Labels()
    package var matchExpressions: [Requirement] = []

    package init() {}

    package mutating func code<Fields: FieldCoder & ~Copyable & ~Escapable>(
        _ fields: inout Fields
    ) throws(ObjectError) {
        try fields.field(1, "matchLabels", &matchLabels)
        try fields.field(2, "matchExpressions", &matchExpressions)
    }
}

extension LabelSelector {
    package struct Requirement: Message, EmptyInitializable {
        package var key = ""
        package var relation = Relation.exists
        package var values: [String] = []

        package init() {}

        package mutating func code<Fields: FieldCoder & ~Copyable & ~Escapable>(
            _ fields: inout Fields
        ) throws(ObjectError) {
            try fields.field(1, "key", &key)
            try fields.field(2, "operator", &relation)
            try fields.field(3, "values", &values)
        }
    }

    package enum Relation: String, Word {
        case among = "In"
        case notAmong = "NotIn"
        case exists = "Exists"
        case doesNotExist = "DoesNotExist"
    }

    package func matches(_ labels: Labels) -> Bool {
        labels.match(matchLabels) && matchExpressions.allSatisfy { $0.holds(for: labels) }
    }
}

extension LabelSelector.Requirement {
    func holds(for labels: Labels) -> Bool {
        let value = labels[key]
        return switch relation {
        case .among: value.map(values.contains) ?? false
        // A label that is not there is not among the values either.
        case .notAmong: !(value.map(values.contains) ?? false)
        case .exists: value != nil
        case .doesNotExist: value == nil
        }
    }
}
