package import Support

/// What the command line of `weft proxy` asks for.
package struct ProxyArguments: Sendable {
    package let task: Task
    /// The directory that objects come from instead of an API server.
    package let manifests: String?
    /// The file of `--config`.
    package let file: String?
    private let flags: ConfigurationSettings

    package enum Task: Hashable, Sendable {
        case run
        /// To apply what is there now, and end.
        case once
        /// To print what would be applied.
        case dryRun
        /// To print how the kernel's rules differ from what they should be.
        case diff
        /// To remove what Weft has made (S111).
        case cleanup
        /// To do what needs privileges, and end (S112).
        case initOnly
        case writeConfiguration(to: String)
        case version
    }
}

extension ProxyArguments {
    package init(_ arguments: Arguments) throws(UsageError) {
        do throws(ConfigurationError) {
            flags = try arguments.configurationSettings()
            task = try arguments.task()
        } catch {
            throw UsageError("\(error)")
        }
        manifests = arguments.text("manifests")
        file = arguments.text("config").flatMap { $0.isEmpty ? nil : $0 }
    }

    /// The configuration that the file or, without one, the flags make.
    package func load() throws(ConfigurationError) -> LoadedConfiguration {
        guard let file else { return try flags.load() }
        var found = try ConfigurationFile(path: file).found
        var ignored: [String] = []
        for field in ConfigurationField.all {
            guard let setting = flags.settings[field.key] else { continue }
            if field.overridesFile {
                found.settings[field.key] = setting
            } else {
                ignored.append(setting.key)
            }
        }
        if !ignored.isEmpty {
            found.notes.append("\(file) counts, and not \(ignored.joined(separator: ", "))")
        }
        found.notes += flags.notes
        return try found.load()
    }
}

extension Arguments {
    /// The one thing that is to be done.
    fileprivate func task() throws(ConfigurationError) -> ProxyArguments.Task {
        var chosen: [(flag: String, task: ProxyArguments.Task)] = []
        for (name, task) in ProxyArguments.tasks where try setting(name)?.flag() == true {
            chosen.append((name, task))
        }
        if let path = text("write-config-to"), !path.isEmpty {
            chosen.append(("write-config-to", .writeConfiguration(to: path)))
        }
        guard chosen.count < 2 else {
            throw ConfigurationError(
                "", key: "--\(chosen[1].flag)", "excludes --\(chosen[0].flag)",
                remedy: "give one of them")
        }
        return chosen.first?.task ?? .run
    }

    func setting(_ name: String) -> Setting? {
        text(name).map { Setting(content: .text($0), file: "", key: "--\(name)") }
    }

    fileprivate func configurationSettings() throws(ConfigurationError) -> ConfigurationSettings {
        var found = ConfigurationSettings()
        for field in ConfigurationField.all {
            if let flag = field.flag { found.settings[field.key] = setting(flag.name) }
        }
        for (key, address, port) in ProxyArguments.ports {
            let merged = try setting(port)?.port(with: found.settings[key], flag: address)
            found.settings[key] = merged ?? found.settings[key]
        }
        for name in ProxyArguments.foreign where has(name) {
            found.notes.append("--\(name): means nothing here, and is ignored")
        }
        return found
    }
}

extension Setting {
    /// What a flag that is only a port makes of the flag with the address, which may have none.
    fileprivate func port(
        with address: Setting?, flag: String
    ) throws(ConfigurationError) -> Setting {
        let number = try integer()
        guard (0...Int(UInt16.max)).contains(number) else {
            throw wrong("must be a port", "write a number from 0, for nowhere, to 65535")
        }
        let host = try address?.string() ?? ""
        let text = number == 0 ? Self.nowhere : Self.join(host, port: number)
        return Setting(content: .text(text), file: "", key: address == nil ? key : "--\(flag)")
    }
}
