import Network

extension Check {
    static let files = [
        Check("cni", "the runtime's directory of configurations") {
            $0.configurationFaults + $0.absence + $0.conflicts + $0.hiddenPods
        },
        Check("plugins", "the programs that configurations name") { $0.programs },
        Check("ranges", "the file of the node's ranges") { $0.ranges },
    ]
}

extension MachineFacts {
    private var directory: String { configuration.cni.directory }

    fileprivate var configurationFaults: [Finding] {
        guard let first = configurations.first else {
            return [
                .error(
                    "\(directory) has no configuration, so no pod can start",
                    "start weft agent, which writes one when the node has a podCIDR, or put one of "
                        + "cni-conf/ there")
            ]
        }
        return configurations.compactMap { configuration in
            guard let fault = configuration.fault else { return nil }
            let text = "\(directory)/\(configuration.file) cannot be used: \(fault)"
            let remedy = "mend it, or move it away"
            return configuration == first ? .error(text, remedy) : .warning(text, remedy)
        }
    }

    /// Whether a runtime has nothing of ours to use.
    fileprivate var absence: [Finding] {
        guard configuration.cni.isEnabled, let first = configurations.first,
            !configurations.contains(where: { $0.file == configuration.cni.file })
        else { return [] }
        return [
            .error(
                "\(directory)/\(configuration.cni.file) is not there, and the runtime uses "
                    + first.file,
                "start weft agent, which writes it when the node has a podCIDR; cni.enabled: false "
                    + "if that is meant")
        ]
    }

    fileprivate var conflicts: [Finding] {
        guard configuration.cni.isEnabled else { return [] }
        let networks = rangeFile.document?.networks ?? []
        return NodeFileFinding.all(
            configurations, NodeFileSettings(configuration.cni), own: networks
        ).map { finding in
            switch finding.problem {
            case .comesFirst: .error(finding.text, finding.remedy)
            default: .warning(finding.text, finding.remedy)
            }
        }
    }

    /// One node's subnet is all that `ipMasq` knows of pods.
    fileprivate var hiddenPods: [Finding] {
        guard let first = configurations.first, first.masquerades, configuration.routes.isEnabled
        else { return [] }
        return [
            .warning(
                "\(directory)/\(first.file) has ipMasq, which hides pods from those of other nodes "
                    + "behind the node's address",
                "remove ipMasq: weft agent masquerades what leaves the cluster")
        ]
    }

    fileprivate var programs: [Finding] {
        plugins.sorted { $0.key < $1.key }.compactMap { name, program in
            switch program {
            case .executable: nil
            case .missing:
                .error(
                    "the plugin \(name) is not there, so no pod can start",
                    "install it in the runtime's bin_dir; Weft's is weft-cni, and weft-ipam a link "
                        + "to it (make install)")
            case .notExecutable:
                .error("the plugin \(name) cannot be executed", "chmod 755 it")
            }
        }
    }

    fileprivate var ranges: [Finding] {
        let path = configuration.cni.rangeFile
        switch rangeFile {
        case .written: return []
        case .foreign:
            return [
                .warning(
                    "\(path) was not written by weft agent, which leaves it alone",
                    "move it away, or give cni.rangeFile another path")
            ]
        case .missing:
            guard configuration.cni.isEnabled else { return [] }
            return [
                .error(
                    "\(path) is not there, so pods get no address",
                    "start weft agent; if it runs, weft status says what it waits for")
            ]
        }
    }
}
