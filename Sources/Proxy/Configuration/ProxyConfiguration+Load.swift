import Platform

extension ProxyConfiguration {
    /// Reads the text of a file; `name` is what its errors call it.
    package static func read(
        _ text: Span<UInt8>, name: String
    ) throws(ConfigurationError) -> LoadedConfiguration {
        try ConfigurationFile(text, name: name).found.load()
    }

    /// Reads the fields of a mapping that is part of another file.
    package static func read(_ section: Setting) throws(ConfigurationError) -> LoadedConfiguration {
        try ConfigurationFile(section).found.load()
    }
}

extension ConfigurationFile {
    init(path: String) throws(ConfigurationError) {
        let text = try ConfigurationDocument.text(of: path)
        try self.init(text.span, name: path)
    }
}

extension ConfigurationDocument {
    /// The content of a file that `--config` names.
    package static func text(of path: String) throws(ConfigurationError) -> [UInt8] {
        // Returned from within, it makes Swift 6.3's compiler end with an error of its own.
        let text: [UInt8]
        do throws(PlatformError) {
            text = try File.read(path)
        } catch {
            throw ConfigurationError(
                path, "cannot be read: \(error.reason)", remedy: "check the path of --config")
        }
        return text
    }
}
