import Platform

/// What was written of a configuration, by the fields' keys, before anybody has looked into it.
struct ConfigurationSettings: Sendable {
    var settings: [String: Setting] = [:]
    /// Lines for the log: what is ignored, and what means something else than it says.
    var notes: [String] = []
    /// The file that is read, if any.
    var file = ""
}

/// A configuration that can be used, with what its author should know.
package struct LoadedConfiguration: Hashable, Sendable {
    package let configuration: ProxyConfiguration
    /// Lines for the log: what is ignored, and what means something else than it says.
    package let notes: [String]
}

extension ConfigurationSettings {
    /// The configuration that the settings make of kube-proxy's defaults.
    func load() throws(ConfigurationError) -> LoadedConfiguration {
        var configuration = ProxyConfiguration()
        for field in ConfigurationField.all {
            guard let setting = settings[field.key], !setting.isUnset,
                !(field.zeroIsUnset && setting.isZero)
            else { continue }
            try field.read(setting, &configuration)
        }
        try check(configuration)
        return LoadedConfiguration(
            configuration: configuration, notes: notes + modeNotes(configuration))
    }

    private func modeNotes(_ configuration: ProxyConfiguration) -> [String] {
        guard configuration.mode == .iptables || configuration.mode == .ipvs else { return [] }
        let place = settings["mode"].map { "\($0.place.isEmpty ? "" : "\($0.place): ")\($0.key)" }
        return [
            "\(place ?? "mode"): '\(configuration.mode.rawValue)' is taken, but rules are programmed "
                + "with nftables"
        ]
    }

    /// Throws for fields that do not go together.
    private func check(_ configuration: ProxyConfiguration) throws(ConfigurationError) {
        if configuration.minSyncPeriod > configuration.syncPeriod {
            throw wrong(
                "nftables.minSyncPeriod", or: "nftables.syncPeriod",
                "the least time between changes, \(configuration.minSyncPeriod.goText), is above "
                    + "the period, \(configuration.syncPeriod.goText)", "raise syncPeriod")
        }
        if configuration.weft.minDelay > configuration.weft.maxDelay {
            throw wrong(
                "weft.minDelay", or: "weft.maxDelay",
                "the least delay, \(configuration.weft.minDelay.goText), is above the longest, "
                    + configuration.weft.maxDelay.goText, "raise maxDelay")
        }
        let detection = configuration.detection
        if detection.mode == .bridge, detection.bridge == nil {
            throw wrong(
                "detectLocalMode", "BridgeInterface needs the bridge's name",
                "write detectLocal.bridgeInterface, or --pod-bridge-interface")
        }
        if detection.mode == .interfacePrefix, detection.interfacePrefix == nil {
            throw wrong(
                "detectLocalMode", "InterfaceNamePrefix needs the beginning of the links' names",
                "write detectLocal.interfaceNamePrefix, or --pod-interface-name-prefix")
        }
    }

    /// An error at the first of two keys, or where only the other is written, there.
    private func wrong(
        _ key: String, or other: String? = nil, _ problem: String, _ remedy: String
    ) -> ConfigurationError {
        let setting = settings[key] ?? other.flatMap { settings[$0] }
        return setting?.wrong(problem, remedy)
            ?? ConfigurationError(file, key: key, problem, remedy: remedy)
    }
}
