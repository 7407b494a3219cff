import { ElConfigProvider as Provider, ElOption as Option, ElSelect as Select } from 'element-plus'
import type { DefineComponent } from 'vue'
// The form controls of the desk and nothing else of Element Plus; tables are plain HTML, which every screen reader knows.
import 'element-plus/theme-chalk/base.css'
import 'element-plus/theme-chalk/el-button.css'
import 'element-plus/theme-chalk/el-dialog.css'
import 'element-plus/theme-chalk/el-form-item.css'
import 'element-plus/theme-chalk/el-form.css'
import 'element-plus/theme-chalk/el-input.css'
import 'element-plus/theme-chalk/el-message.css'
import 'element-plus/theme-chalk/el-option.css'
import 'element-plus/theme-chalk/el-overlay.css'
import 'element-plus/theme-chalk/el-popper.css'
import 'element-plus/theme-chalk/el-scrollbar.css'
import 'element-plus/theme-chalk/el-select.css'
import 'element-plus/theme-chalk/el-select-dropdown.css'
import 'element-plus/theme-chalk/el-tag.css'
import './elements.css'

export { ElButton, ElDialog, ElForm, ElFormItem, ElInput, ElMessage } from 'element-plus'
// These publish their props' definitions where the props' types belong.
export const ElConfigProvider = Provider as unknown as DefineComponent<{ locale: object; button?: { autoInsertSpace: boolean } }>
export const ElOption = Option as unknown as DefineComponent<{ value: string; label?: string; disabled?: boolean }>
export const ElSelect = Select as unknown as DefineComponent<{
  modelValue?: string | string[]
  clearable?: boolean
  filterable?: boolean
  multiple?: boolean
  disabled?: boolean
  placeholder?: string
}>
