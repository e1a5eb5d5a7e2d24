package import JSON

/// The members of one JSON object of a configuration; keys match whatever their case (C14).
package struct Settings: Sendable {
    package let object: JSONObject
    /// Empty for the document itself.
    private let path: String

    package init(_ object: JSONObject, at path: String = "") {
        self.object = object
        self.path = path
    }

    package subscript(_ key: String) -> Setting {
        Setting(object[anyCase: key], at: path.isEmpty ? key : "\(path).\(key)")
    }

    /// The section at a key; an empty one where there is none.
    package func section(_ key: String) throws(CNIError) -> Settings {
        let setting = self[key]
        return try setting.section() ?? Settings([:], at: setting.path)
    }
}
