"""The codes of the warehouse in the words of the page, in the order they are shown."""

SEVERITY_ZH = {"error": "错误", "warning": "警告", "info": "提示"}
REVIEW_ZH = {"open": "待核", "waived": "已豁免"}
ORIGIN_ZH = {"disclosure": "披露存疑", "reading": "解析存疑"}
STATUS_ZH = {
    "rejected": "未能读取",
    "quarantined": "已隔离",
    "superseded": "已被更正",
    "withdrawn": "已撤回",
}
SCOPE_ZH = {
    "department_consolidated": "部门汇总",
    "department_own": "部门本级",
    "unit": "所属单位",
}
NATURE_ZH = {
    "basic": "基本支出",
    "project": "项目支出",
    "remitted_to_superior": "上缴上级支出",
    "business": "经营支出",
    "subsidy_to_subordinate": "对附属单位补助支出",
    "contingency_reserve": "预备费",
    "total": "未分基本与项目",
}
PHASE_ZH = {
    "initial_budget": "年初预算数",
    "adjusted_budget": "全年预算数",
    "budget_unspecified": "预算数",
    "final": "决算数",
}
SIDE_ZH = {
    "lhs": "左边",
    "rhs": "右边",
    "numerator": "分子",
    "denominator": "分母",
    "scale": "乘数",
    "given": "前提",
}
FUND_ZH = {"general": "一般公共预算财政拨款", "fiscal_total": "财政拨款"}
THREE_PUBLIC_ZH = {
    "total": "“三公”经费合计",
    "overseas": "因公出国（境）费",
    "vehicles": "公务用车小计",
    "vehicle_purchase": "其中：公务用车购置",
    "vehicle_operation": "其中：公务用车运行维护",
    "reception": "公务接待费",
}
