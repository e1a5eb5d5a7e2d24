package import JSON
import YAML

extension JSONValue {
    /// The value as one document of YAML in block style.
    package var yaml: String {
        var writer = YAMLWriter()
        writer.write(self)
        return writer.text
    }
}
