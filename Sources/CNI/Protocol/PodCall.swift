package import Network
package import Platform

/// One ADD, CHECK or DEL: whose interface it is about, and what the runtime says of it.
package struct PodCall: Sendable {
    package let attachment: Attachment
    /// CNI_NETNS; nil where DEL is not told, because the namespace is gone.
    package let namespacePath: String?
    package let arguments: CallArguments
    /// The plugin that was called.
    package let plugin: PluginName
    /// What the parts of this call change nftables by.
    let ruleset = RulesetConnection()
    /// What the container's kernel is asked through.
    let inside = ContainerConnection()

    package init(
        _ attachment: Attachment, namespacePath: String?, arguments: CallArguments = .none,
        plugin: PluginName = .addresses
    ) {
        self.plugin = plugin
        self.attachment = attachment
        self.namespacePath = namespacePath
        self.arguments = arguments
    }
}

extension PodCall {
    /// The link on the host without which the attachment cannot be, where the plugin makes one.
    package var hostLink: InterfaceName? {
        plugin.makesInterface ? try? NodeEnd(attachment).name : nil
    }

    /// The container's network namespace, for ADD and CHECK.
    package func namespace() throws(CNIError) -> NetworkNamespace {
        do throws(PlatformError) {
            return try NetworkNamespace(path: namespacePath ?? "")
        } catch {
            throw CNIError(
                .invalidNamespace, "CNI_NETNS does not lead to a network namespace",
                details: "\(error)")
        }
    }

    /// The container's network namespace for DEL: nil when it is gone, or was never there (C25).
    package func remainingNamespace() -> NetworkNamespace? {
        guard let namespacePath else { return nil }
        return try? NetworkNamespace(path: namespacePath)
    }
}
