import Platform

extension NetworkResult.DNS {
    /// Reads what a resolv.conf says; lines that are no setting of it are passed over.
    package init(resolverFile text: [UInt8]) {
        self.init()
        let lines = String(decoding: text, as: UTF8.self).split(whereSeparator: \.isNewline)
        for line in lines {
            let words = line.split(whereSeparator: \.isWhitespace).map(String.init)
            guard words.count > 1 else { continue }
            switch words[0] {
            case "nameserver": nameservers.append(words[1])
            case "domain": domain = words[1]
            case "search": search += words.dropFirst()
            case "options": options += words.dropFirst()
            // Comments begin with # or ; and are no keyword either.
            default: break
            }
        }
    }

    init(resolverFileAt setting: Setting) throws(CNIError) {
        self.init()
        guard let path = try setting.string() else { return }
        do throws(PlatformError) {
            self.init(resolverFile: try File.read(path, limit: Self.resolverFileLimit))
        } catch {
            throw CNIError(
                .inputOutput, "\(setting.path) cannot be read",
                details: "\(error); make the file or leave the key out")
        }
    }

    /// The C library reads no more of it that would matter.
    private static let resolverFileLimit = 1 << 20
}
